package io.peekgate.intercept;

import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is to be intercepted, and where it goes.
 *
 * @param to the gateway's port, 1..65535
 * @param ports what clients dial: TCP to these goes to the gateway; 1 to 15 of them, each 1..65535
 * @param exempt whose packets are left alone; a sidecar needs it, since its own would come back to it otherwise
 * @param exclude destinations that are left alone
 * @param device the interface by which packets come in, or with a sidecar go out; empty: any
 * @param rejectsUdp whether UDP to the ports is answered with port unreachable, so that QUIC clients turn to TCP at once
 * @param ipv6 whether IPv6 is intercepted, too
 */
public record Plan(
        Mode mode,
        int to,
        List<Integer> ports,
        Optional<Exemption> exempt,
        List<IPAddress> exclude,
        Optional<String> device,
        boolean rejectsUdp,
        boolean ipv6) {
    /** Of packets on their way through the TPROXY table. */
    static final int TPROXY_MARK = 0x7067;

    private static final int MAX_PORTS = 15; // of iptables' multiport
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_.@-]{1,15}");

    /**
     * @throws InvalidPlanException if the parts do not go together
     */
    public Plan {
        ports = ports.stream().distinct().sorted().toList();
        exclude = List.copyOf(exclude);
        require(isPort(to), "--to: " + to + " is no port; write one from 1 to 65535");
        require(
                !ports.isEmpty() && ports.size() <= MAX_PORTS && ports.stream().allMatch(Plan::isPort),
                "--ports: write 1 to " + MAX_PORTS + " ports from 1 to 65535, such as 443,8443");
        require(
                mode != Mode.SIDECAR || exempt.isPresent(),
                "a sidecar's own connections would come back to it: run it as a user of its own and name that with"
                        + " --exempt-uid, or set connect.mark and name it with --exempt-mark");
        require(
                mode == Mode.SIDECAR || exempt.stream().noneMatch(Exemption::isUser),
                "--exempt-uid: forwarded packets have no user; it is for --mode sidecar");
        require(
                mode != Mode.TPROXY || exempt.stream().noneMatch(own -> own.number() == TPROXY_MARK),
                "--exempt-mark: " + TPROXY_MARK + " is what marks intercepted packets; use another");
        require(
                device.stream().allMatch(name -> DEVICE.matcher(name).matches()),
                "--interface: " + device.orElse("") + " is no interface's name");
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidPlanException(message);
        }
    }

    /** {@code 443, 8443}. */
    String portList() {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Those of the excluded destinations that are of one family, without overlaps. */
    List<String> excluded(Family family) {
        IPAddress[] own = exclude.stream()
                .filter(block -> block.isIPv6() == (family == Family.IPV6))
                .toArray(IPAddress[]::new);
        if (own.length == 0) {
            return List.of();
        }
        return List.of(own[0].mergeToPrefixBlocks(own)).stream()
                .map(IPAddress::toCanonicalString)
                .toList();
    }

    /** The families that it is for. */
    List<Family> families() {
        return ipv6 ? List.of(Family.IPV4, Family.IPV6) : List.of(Family.IPV4);
    }

    /** What it does, in lines for people. */
    List<String> summary() {
        String by = device.map(name -> (mode == Mode.SIDECAR ? " that goes out by " : " that comes in by ") + name)
                .orElse("");
        String who = mode == Mode.SIDECAR ? "of this host's processes" : "of clients that this host routes for";
        return List.of(
                "TCP to " + portList() + by + ", " + who + ", goes to Peekgate's port " + to + ".",
                rejectsUdp
                        ? "UDP to " + portList() + " is rejected, so that QUIC clients turn to TCP at once."
                        : "UDP to " + portList() + " is left alone: QUIC passes by.",
                ipv6 ? "IPv4 and IPv6 alike." : "IPv4 only: IPv6 passes by.");
    }
}
