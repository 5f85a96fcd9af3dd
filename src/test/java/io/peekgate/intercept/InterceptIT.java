package io.peekgate.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.RequiresNamespaces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands in a host of their own: what each mode puts in place, and takes away. */
@RequiresNamespaces
class InterceptIT {
    private static final String OTHERS = """
            nft 'table inet others { chain in { type filter hook input priority 0; tcp dport 22 accept; }; }'
            iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080
            iptables -t nat -A POSTROUTING -j MASQUERADE
            ip6tables -A FORWARD -p udp --dport 443 -j ACCEPT
            ip rule add fwmark 7 lookup 7
            ip route add local default dev lo table 7
            """;

    private Namespace host;

    @BeforeEach
    void makeHost() throws IOException, InterruptedException {
        host = Namespace.create("host");
    }

    @AfterEach
    void closeHost() throws IOException, InterruptedException {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway --nft",
                "gateway --iptables",
                "sidecar --exempt-uid 998 --nft",
                "sidecar --exempt-mark 7 --iptables",
                "tproxy --nft",
                "tproxy --iptables"
            })
    void what_apply_puts_in_place_is_there_and_remove_takes_it_away(String mode) throws Exception {
        String bare = Snapshot.of(host);
        appliedAndRemoved(mode);
        assertThat(Snapshot.of(host)).isEqualTo(bare);

        host.run("sh", "-ec", OTHERS);
        String others = Snapshot.of(host);
        appliedAndRemoved(mode);
        assertThat(Snapshot.of(host)).isEqualTo(others);
    }

    private void appliedAndRemoved(String mode) throws IOException, InterruptedException {
        assertThat(intercept("verify", mode).exit()).isEqualTo(1);
        fine(intercept("apply", mode));
        String once = Snapshot.of(host);
        assertThat(once).containsIgnoringCase("peekgate");
        fine(intercept("apply", mode));
        assertThat(Snapshot.of(host)).isEqualTo(once);
        fine(intercept("verify", mode));
        fine(host.jar("intercept", "remove"));
        fine(host.jar("intercept", "remove"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway --nft", "sidecar --exempt-uid 998 --iptables", "tproxy --nft --ipv6 off"})
    void what_print_prints_does_as_apply_does(String mode) throws Exception {
        String options = mode + " --ports 443,8443 --exclude 10.0.0.0/8,10.1.2.3,fd00::/8 --interface lo --quic leave";
        String script = intercept("print", options).out();

        fine(intercept("apply", options));
        String applied = Snapshot.of(host);
        fine(host.jar("intercept", "remove"));
        fine(ClientRun.of(script, host.within(List.of("sh"))));

        assertThat(Snapshot.of(host)).isEqualTo(applied);
        fine(intercept("verify", options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway --nft", "gateway --iptables"})
    void verify_names_what_somebody_took_away(String mode) throws Exception {
        fine(intercept("apply", mode));
        if (mode.endsWith("nft")) {
            host.run("nft", "flush", "chain", "inet", "peekgate", "quic");
        } else {
            host.run("iptables", "-F", "PEEKGATE-GATEWAY");
        }

        ClientRun verified = intercept("verify", mode);

        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out().lines()).allMatch(line -> line.startsWith("missing: "));
        assertThat(verified.out()).contains("QUIC turns to TCP").doesNotContain("TCP goes to Peekgate");
    }

    @Test
    void verify_sees_a_rule_that_somebody_changed_under_its_comment() throws Exception {
        fine(intercept("apply", "gateway --nft"));
        host.run(
                "sh",
                "-ec",
                "rules=$(nft list table inet peekgate); nft delete table inet peekgate;"
                        + " echo \"$rules\" | sed 's/redirect to :8443/redirect to :9999/' | nft -f -");

        ClientRun verified = intercept("verify", "gateway --nft");

        assertThat(verified.out()).isEqualTo("missing: the nftables rules, word for word\n");
        assertThat(verified.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nft", "iptables"})
    void another_plan_than_the_one_in_place_is_seen(String dialect) throws Exception {
        fine(intercept("apply", "gateway --" + dialect));

        ClientRun otherPort = intercept("verify", "gateway --to 9443 --" + dialect);
        ClientRun otherMode = intercept("apply", "tproxy --" + dialect);

        assertThat(otherPort.exit()).isEqualTo(1);
        assertThat(otherMode.exit()).isEqualTo(1);
        assertThat(otherMode.err())
                .contains("there is an interception with --mode gateway --" + dialect + " already")
                .contains("peekgate intercept remove");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nft", "iptables"})
    void a_changed_plan_takes_the_place_of_the_one_before(String dialect) throws Exception {
        String bare = Snapshot.of(host);
        fine(intercept("apply", "gateway --" + dialect));
        String less = "gateway --quic leave --ipv6 off --" + dialect;
        assertThat(intercept("verify", less).exit()).isEqualTo(1);

        fine(intercept("apply", less));

        fine(intercept("verify", less));
        assertThat(host.run("ip6tables-save")).doesNotContain("-A PEEKGATE");
        assertThat(host.run("nft", "list", "ruleset")).doesNotContain("reject");
        fine(host.jar("intercept", "remove"));
        assertThat(Snapshot.of(host)).isEqualTo(bare);
    }

    private ClientRun intercept(String command, String mode) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("intercept", command, "--to", "8443", "--mode"));
        if (mode.contains("--to")) {
            words.removeAll(List.of("--to", "8443"));
        }
        words.addAll(List.of(mode.split(" ")));
        return host.jar(words.toArray(String[]::new));
    }

    private static void fine(ClientRun run) {
        assertThat(run.exit()).as("%s%s", run.out(), run.err()).isZero();
        assertThat(Stream.of(run.out(), run.err())).allMatch(String::isEmpty);
    }
}
