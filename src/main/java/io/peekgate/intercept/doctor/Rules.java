package io.peekgate.intercept.doctor;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.peekgate.intercept.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packet filter's rules that matter here, whoever made them, in whichever language. */
final class Rules {
    private static final Pattern CAPTURE = Pattern.compile(
            "(redirect|tproxy)(?: ip6?)? to :(\\d+)|-j (REDIRECT|TPROXY)\\b.* (?:--to-ports|--on-port) (\\d+)");
    private static final Pattern TCP_PORTS = ports("tcp");
    private static final Pattern UDP_PORTS = ports("udp");
    private static final Pattern REJECT = Pattern.compile("\\breject\\b|-j REJECT\\b");
    private static final Pattern OWN = Pattern.compile(
            "(?:(?<user>skuid|--uid-owner)|mark|--mark) (?<number>(?:0x)?\\p{XDigit}+)\\b.*(?:accept|return|-j RETURN|-j ACCEPT)");

    /** On each of our own. */
    private static final String CAPTURE_COMMENT = "TCP goes to Peekgate";

    private static final Pattern INTERFACE = Pattern.compile("\\b[io]ifname |(?:^| )-[io] ");
    private static final Pattern SPARED = Pattern.compile("(?:daddr|-d) (.*?)(?: accept| return| -[mj]).*\\bexcluded");
    private static final Pattern BLOCK = Pattern.compile("[\\p{XDigit}.:]+(?:/\\d+)?");

    /**
     * Connections that are brought to a port of this host.
     *
     * @param ipv6 of this family, else IPv4
     * @param isLocal they are this host's own, else those that come in
     * @param ports that clients dial; empty: any
     * @param isPlain it is one that {@code intercept} has made, and for every interface: nothing else is asked of packets
     */
    record Capture(boolean ipv6, boolean isLocal, boolean isTproxy, int to, Set<Integer> ports, boolean isPlain) {
        /** One that clients dial. */
        int port() {
            return ports.stream().findFirst().orElse(443);
        }

        String text() {
            return (ipv6 ? "IPv6" : "IPv4") + " connections to "
                    + (ports.isEmpty() ? "any port" : "port " + ports.toString().replaceAll("[\\[\\]]", ""));
        }
    }

    /** Whose packets are left alone. */
    record Exempt(boolean isUser, long number) {
        String text() {
            return (isUser ? "user " : "mark ") + number;
        }
    }

    private final List<Capture> captures = new ArrayList<>();
    private final Set<Integer> rejected4 = new TreeSet<>();
    private final Set<Integer> rejected6 = new TreeSet<>();
    private final List<Exempt> exempt = new ArrayList<>();
    private final List<IPAddress> spared = new ArrayList<>();

    private Rules(Stream<RuleLine> lines) {
        lines.forEach(this::add);
    }

    static Rules of(Host host) {
        return new Rules(Stream.concat(NftListing.of(host), IptablesListing.of(host)));
    }

    List<Capture> captures() {
        return captures.stream().distinct().toList();
    }

    List<Exempt> exempt() {
        return exempt;
    }

    /** Whether UDP to the captured ports is rejected. */
    boolean rejectsUdp(Capture capture) {
        return (capture.ipv6() ? rejected6 : rejected4).containsAll(capture.ports());
    }

    /** Whether {@code intercept} was told to exclude this destination. */
    boolean spares(String address) {
        IPAddress destination = new IPAddressString(address).getAddress();
        return spared.stream().anyMatch(block -> block.contains(destination));
    }

    private void add(RuleLine line) {
        Matcher found = CAPTURE.matcher(line.text());
        if (found.find()) {
            boolean nft = found.group(1) != null;
            boolean tproxy = (nft ? found.group(1) : found.group(3)).equalsIgnoreCase("tproxy");
            int to = Integer.parseInt(nft ? found.group(2) : found.group(4));
            Set<Integer> ports = ports(TCP_PORTS, line.text());
            line.families()
                    .forEach(ipv6 ->
                            captures.add(new Capture(ipv6, line.isOutput(), tproxy, to, ports, isPlain(line.text()))));
        } else if (REJECT.matcher(line.text()).find()) {
            Set<Integer> ports = ports(UDP_PORTS, line.text());
            line.families().forEach(ipv6 -> (ipv6 ? rejected6 : rejected4).addAll(ports));
        } else {
            exemption(line.text()).ifPresent(exempt::add);
            blocks(line.text()).forEach(spared::add);
        }
    }

    private static boolean isPlain(String text) {
        return text.contains(CAPTURE_COMMENT) && !INTERFACE.matcher(text).find();
    }

    private static Stream<IPAddress> blocks(String text) {
        return SPARED.matcher(text)
                .results()
                .flatMap(found -> BLOCK.matcher(found.group(1)).results())
                .map(MatchResult::group)
                .flatMap(block -> Stream.ofNullable(new IPAddressString(block).getAddress()));
    }

    private static Optional<Exempt> exemption(String text) {
        Matcher own = OWN.matcher(text);
        return own.find()
                ? Optional.of(new Exempt(own.group("user") != null, Long.decode(own.group("number"))))
                : Optional.empty();
    }

    private static Pattern ports(String protocol) {
        return Pattern.compile(protocol + " dport (\\{[^}]*}|\\d+)|-p " + protocol + " .*--dports? ([\\d,]+)");
    }

    private static Set<Integer> ports(Pattern pattern, String text) {
        Set<Integer> ports = new TreeSet<>();
        Matcher found = pattern.matcher(text);
        if (found.find()) {
            Matcher number = Pattern.compile("\\d+").matcher(found.group(1) == null ? found.group(2) : found.group(1));
            while (number.find()) {
                ports.add(Integer.valueOf(number.group()));
            }
        }
        return ports;
    }
}
