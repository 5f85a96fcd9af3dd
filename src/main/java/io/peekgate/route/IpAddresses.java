package io.peekgate.route;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Between the JDK's addresses, the library's, and text. A v4-mapped address (RFC 4291 section 2.5.5.2) is its v4. */
final class IpAddresses {
    private static final IPAddressGenerator GENERATOR = new IPAddressGenerator();

    /** Whole addresses, with or without a prefix length: none of the shorthands that other software reads otherwise. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .getParentBuilder()
            .toParams();

    private IpAddresses() {}

    static IPAddress of(InetAddress address) {
        return unmapped(GENERATOR.from(address.getAddress()));
    }

    /** The address, with its prefix length where it has one; empty if the text is none. */
    static Optional<IPAddress> parse(String text) {
        return Optional.ofNullable(new IPAddressString(text, STRICT).getAddress())
                .map(IpAddresses::unmapped);
    }

    /** In the form of RFC 5952, v6 in brackets. */
    static String text(InetSocketAddress address) {
        IPAddress ip = of(address.getAddress());
        String text = ip.toCanonicalString();
        return (ip.isIPv6() ? '[' + text + ']' : text) + ':' + address.getPort();
    }

    private static IPAddress unmapped(IPAddress address) {
        boolean mapped = address.isIPv6() && address.toIPv6().isIPv4Mapped();
        return mapped ? address.toIPv6().getEmbeddedIPv4Address() : address;
    }
}
