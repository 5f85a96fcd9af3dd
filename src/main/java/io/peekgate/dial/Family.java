package io.peekgate.dial;

import static io.netty.handler.codec.dns.DnsRecordType.A;
import static io.netty.handler.codec.dns.DnsRecordType.AAAA;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.ResolvedAddressTypes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Which addresses of a name to ask for, and which to try first. */
public enum Family {
    /** Both; IPv6 first (RFC 8305 section 4) where this machine has an IPv6 address that leads beyond its link. */
    AUTO,
    /** Both, IPv4 first. */
    IPV4,
    /** Both, IPv6 first. */
    IPV6,
    IPV4_ONLY,
    IPV6_ONLY;

    /** The choice in Netty's terms; for {@link #AUTO}, as this machine is now. */
    ResolvedAddressTypes order() {
        return switch (this) {
            case AUTO -> reachesIpv6() ? IPV6.order() : IPV4.order();
            case IPV4 -> ResolvedAddressTypes.IPV4_PREFERRED;
            case IPV6 -> ResolvedAddressTypes.IPV6_PREFERRED;
            case IPV4_ONLY -> ResolvedAddressTypes.IPV4_ONLY;
            case IPV6_ONLY -> ResolvedAddressTypes.IPV6_ONLY;
        };
    }

    /** The records to ask for, those of the preferred family first. */
    static List<DnsRecordType> records(ResolvedAddressTypes order) {
        return switch (order) {
            case IPV4_PREFERRED -> List.of(A, AAAA);
            case IPV6_PREFERRED -> List.of(AAAA, A);
            case IPV4_ONLY -> List.of(A);
            case IPV6_ONLY -> List.of(AAAA);
        };
    }

    private static boolean reachesIpv6() {
        return AddressGuard.interfaceAddresses().stream().anyMatch(Family::leadsBeyondItsLink);
    }

    private static boolean leadsBeyondItsLink(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }
}
