package io.peekgate.dial;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.List;
import java.util.stream.Stream;

/** Finds the IPv4 address that a translator or tunnel would take a packet to, given the IPv6 address on it. */
final class EmbeddedIpv4 {
    private static final IPAddress LOCAL_NAT64 = BlockTable.parse("64:ff9b:1::/48");
    private static final int ISATAP = 0x5efe;

    private EmbeddedIpv4() {}

    /** The IPv4 addresses inside: mostly none, mostly one where there is any. */
    static List<IPv4Address> of(IPv6Address address) {
        if (address.is6To4()) {
            return List.of(address.get6To4IPv4Address());
        }
        if (address.isTeredo()) {
            // the client's address is obfuscated by inverting each bit (RFC 4380 section 4)
            return List.of(new IPv4Address(~address.getEmbeddedIPv4Address().intValue()));
        }
        if (LOCAL_NAT64.contains(address)) {
            return localNat64(address);
        }
        return holdsItLast(address) ? List.of(address.getEmbeddedIPv4Address()) : List.of();
    }

    private static boolean holdsItLast(IPv6Address address) {
        return address.isIPv4Mapped()
                || address.isIPv4Translatable()
                || address.isWellKnownIPv4Translatable()
                || (address.isIPv4Compatible() && !address.isZero() && !address.isLoopback())
                || isIsatap(address);
    }

    /** With any prefix, and either value of the universal/local bit (RFC 5214 section 6.1). */
    private static boolean isIsatap(IPv6Address address) {
        int before = address.getSegment(4).getSegmentValue();
        return address.getSegment(5).getSegmentValue() == ISATAP && (before == 0 || before == 0x200);
    }

    /**
     * RFC 8215 leaves the prefix length to the network, and RFC 6052 section 2.2 puts the address elsewhere for each:
     * after the /48 itself and at the end of a /96 are looked at, where there is something.
     */
    private static List<IPv4Address> localNat64(IPv6Address address) {
        byte[] b = address.getBytes();
        return Stream.of(ipv4(b, 6, 7, 9, 10), ipv4(b, 12, 13, 14, 15))
                .filter(found -> !found.isZero())
                .toList();
    }

    private static IPv4Address ipv4(byte[] b, int first, int second, int third, int fourth) {
        return new IPv4Address(new byte[] {b[first], b[second], b[third], b[fourth]});
    }
}
