package io.peekgate.intercept;

import io.peekgate.testkit.Namespace;
import java.io.IOException;

/** All that an interception could change of a host, as text. */
final class Snapshot {
    private static final String COMMANDS = String.join(
            "; ",
            "nft list ruleset",
            "{ iptables-save; ip6tables-save; } | grep -v '^# '", // which tell the time
            "ip rule",
            "ip -6 rule",
            "{ ip route show table all; ip -6 route show table all; } | grep -v 'proto kernel'"); // which come by
    // themselves

    private Snapshot() {}

    static String of(Namespace host) throws IOException, InterruptedException {
        return host.run("sh", "-c", COMMANDS + "; true");
    }
}
