package io.peekgate.route;

import inet.ipaddr.IPAddress;
import inet.ipaddr.format.util.DualIPv4v6Tries;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Networks that clients come from. {@code loopback} is 127.0.0.0/8 and ::1 (RFC 1122, RFC 4291); {@code private} is
 * what RFC 1918 and RFC 4193 set aside, and link-local addresses (RFC 3927, RFC 4291); {@code any} is everything.
 */
public final class Sources {
    private static final Map<String, List<String>> WORDS = Map.of(
            "loopback", List.of("127.0.0.0/8", "::1"),
            "private",
                    List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"),
            "any", List.of("0.0.0.0/0", "::/0"));

    private final DualIPv4v6Tries networks = new DualIPv4v6Tries();

    private Sources() {}

    /**
     * The networks that any of the texts names.
     *
     * @param texts addresses, CIDR blocks, or the words above
     * @throws IllegalArgumentException naming the text, what is wrong with it, and the mend
     */
    public static Sources of(List<String> texts) {
        Sources sources = new Sources();
        for (String text : texts) {
            WORDS.getOrDefault(text, List.of(text)).forEach(network -> sources.networks.add(parsed(network)));
        }
        return sources;
    }

    /** An address that is in the first of these networks. */
    public static InetAddress first(List<String> texts) {
        String first = texts.get(0);
        return parsed(WORDS.getOrDefault(first, List.of(first)).get(0))
                .getLower()
                .toInetAddress();
    }

    /** Whether the address is in one of the networks; a v4-mapped one counts as its v4. */
    public boolean contains(InetAddress address) {
        return contains(IpAddresses.of(address));
    }

    boolean contains(IPAddress address) {
        return networks.elementContains(address);
    }

    private static IPAddress parsed(String text) {
        IPAddress network = IpAddresses.parse(text)
                .orElseThrow(() -> Complaint.about(
                        "source",
                        text,
                        "it is no address or network",
                        "write one such as \"10.1.0.0/16\", or one of loopback, private and any"));
        if (network.isPrefixed() && !network.isPrefixBlock()) {
            throw Complaint.about(
                    "source",
                    text,
                    "it has bits set beyond its prefix length",
                    "write \"" + network.toPrefixBlock().toCanonicalString() + "\" for the network, or \""
                            + network.withoutPrefixLength().toCanonicalString() + "\" for the one address");
        }
        return network;
    }
}
