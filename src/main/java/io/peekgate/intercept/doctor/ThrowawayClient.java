package io.peekgate.intercept.doctor;

import io.peekgate.intercept.doctor.Rules.Capture;
import java.util.List;
import java.util.Optional;

/**
 * A client that this host routes for: a network namespace with a cable to here, which is there as long as a shell within
 * runs. The kernel takes all of it away when that ends, in whatever way, and it ends in time by itself. From there an
 * address is dialled where nobody is (RFC 5737, RFC 3849), and the other end looked for on this host.
 *
 * <p>Where it cannot be tried, it says nothing: without the right or the tools, where a route has one of the addresses,
 * and where even the gateway's own port is out of reach from the new interface, as behind a filter that lets in by
 * interface.
 */
final class ThrowawayClient {
    private static final String SCRIPT = """
            for tool in unshare nsenter timeout bash ss; do command -v $tool >/dev/null || exit 0; done
            free() { ! { ip $family route show table all match $1; ip $family route show table all root $1; } |
              grep -qv default; }
            free $network && free $dialled || exit 0
            export host=$$ link=pgdoc$$
            timeout 12 unshare --net bash -e 2>/dev/null <<'END' || true
            here() { nsenter --net --target $host "$@"; }
            dial() { exec 3<>/dev/tcp/$1/$2; } 2>/dev/null
            ours() { here ss -Htnp state connected exclude time-wait "dst [$far]" "$@"; }
            here ip link add $link type veth peer name cable netns $$
            here ip $family addr add $near/$bits dev $link $at_once
            here ip link set $link up
            ip $family addr add $far/$bits dev cable $at_once
            ip link set cable up
            ip $family route add default via $near
            here ip $family route get $far | grep -q " dev $link "
            echo 1 >/proc/sys/net/ipv4/tcp_syn_retries || true # 3 s
            if dial $dialled $port; then
              echo connected
              said=0; read -r -N 1 -t 0.3 -u 3 || said=$?
              [ $said -le 128 ] || echo open
              ours "$socket" | sed 's/^/socket /'
              here grep -q "src=$far dst=$dialled sport=[0-9]* dport=$port .* sport=$to " /proc/net/nf_conntrack &&
                echo tracked
            elif dial $near $to; then
              echo direct
            fi
            exec 3>&-
            for again in $(seq 20); do ours | grep -q . || break; sleep 0.1; done
            END
            ip link del $link 2>/dev/null || true
            """;

    private final Deployment deployment;
    private final Capture capture;

    private ThrowawayClient(Deployment deployment, Capture capture) {
        this.deployment = deployment;
        this.capture = capture;
    }

    /** Whether what it dials is known not to come to the gateway. */
    static boolean isLost(Deployment deployment, Capture capture) {
        return new ThrowawayClient(deployment, capture).isLost();
    }

    /** What the gateway's sources refuse is closed before it can be looked at, and no proof of anything. */
    private boolean isLost() {
        List<String> facts =
                deployment.host().sh(variables() + SCRIPT).output().lines().toList();
        return facts.contains("connected")
                ? facts.contains("open")
                        && !facts.contains("tracked")
                        && facts.stream().noneMatch(this::isGateway)
                : facts.contains("direct");
    }

    /** A socket of another program, with what was dialled as its own address, is that of another TPROXY rule. */
    private boolean isGateway(String fact) {
        List<Long> processes = deployment.sockets().on(capture.to()).stream()
                .map(Sockets.Listening::process)
                .flatMap(Optional::stream)
                .toList();
        return fact.startsWith("socket ")
                && (!fact.contains("pid=")
                        || processes.isEmpty()
                        || processes.stream().anyMatch(pid -> fact.contains("pid=" + pid + ",")));
    }

    /** Addresses in full, as the kernel lists them. */
    private String variables() {
        String addresses = capture.ipv6()
                ? "family=-6 bits=64 at_once=nodad network=2001:db8:7067::/64 near=2001:db8:7067::1"
                        + " far=2001:0db8:7067:0000:0000:0000:0000:0002"
                        + " dialled=2001:0db8:0000:0000:0000:0000:0000:0001"
                : "family=-4 bits=30 at_once= network=198.51.100.0/30 near=198.51.100.1 far=198.51.100.2"
                        + " dialled=192.0.2.1";
        String socket = capture.isTproxy() ? "src [$dialled]:" + capture.port() : "sport = :" + capture.to();
        return "export " + addresses + " port=" + capture.port() + " to=" + capture.to() + "\nexport socket=\"" + socket
                + "\"\n";
    }
}
