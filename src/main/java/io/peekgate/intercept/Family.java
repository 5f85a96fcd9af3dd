package io.peekgate.intercept;

/** A version of IP, and what the tools call it. */
enum Family {
    IPV4("IPv4", "ip", "iptables", "ip", "icmp-port-unreachable"),
    IPV6("IPv6", "ip -6", "ip6tables", "ip6", "icmp6-port-unreachable");

    private final String text;
    private final String ip;
    private final String iptables;
    private final String nft;
    private final String unreachable;

    Family(String text, String ip, String iptables, String nft, String unreachable) {
        this.text = text;
        this.ip = ip;
        this.iptables = iptables;
        this.nft = nft;
        this.unreachable = unreachable;
    }

    /** For people. */
    String text() {
        return text;
    }

    /** The command for routes and rules. */
    String ip() {
        return ip;
    }

    String iptables() {
        return iptables;
    }

    /** The word of nftables. */
    String nft() {
        return nft;
    }

    /** What iptables says for port unreachable. */
    String unreachable() {
        return unreachable;
    }
}
