package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Verdict;
import io.peekgate.testkit.RawSocket;

/** How connections pass, and how they end. */
final class RelayScenarios {
    private RelayScenarios() {}

    /** Two ends that are relayed to each other; the server has the hello. */
    private record Pair(RawSocket client, RawSocket server) {
        static Pair through(WireLab lab, String... overrides) throws Exception {
            lab.start(overrides);
            Pair pair = new Pair(lab.say(HELLO), lab.backend().accept());
            assertThat(pair.server.hear(HELLO.length)).isEqualTo(HELLO);
            return pair;
        }

        void assertBothHearFin() throws Exception {
            assertThat(client.hearToFin()).isEmpty();
            assertThat(server.hearToFin()).isEmpty();
        }

        void assertBothHearReset() {
            assertThat(client.hearToReset()).isEmpty();
            assertThat(server.hearToReset()).isEmpty();
        }
    }

    static void rule(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab, "policy.default-action=drop", WireLab.rule("reason = \"pinned\""));
        pair.client.fin();
        pair.server.fin();
        pair.assertBothHearFin();
        SessionReport report = lab.gateway().awaitOne();
        assertThat(report.reason()).isEqualTo(CloseReason.RULE);
        assertThat(report.reason().action()).isEqualTo(CloseReason.Action.PASS);
        assertThat(report.detail()).isEqualTo("pinned");
        assertThat(report.verdict().flatMap(Verdict::rule)).contains("the-rule");
    }

    static void byDefault(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab);
        pair.server.send(latin1("welcome")).fin();
        assertThat(pair.client.fin().hearToFin()).isEqualTo(latin1("welcome"));
        SessionReport report = lab.gateway().awaitOne();
        assertThat(report.reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(report.upstream()).contains(lab.backend().address());
        assertThat(report.end()).hasValueSatisfying(end -> {
            assertThat(end.bytesUp()).isEqualTo(HELLO.length);
            assertThat(end.bytesDown()).isEqualTo(7);
        });
    }

    static void clientFin(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab);
        pair.client.fin();
        assertThat(pair.server.hearToFin()).isEmpty();
        pair.server.fin();
        assertThat(pair.client.hearToFin()).isEmpty();
        lab.assertPassed(CloseReason.CLIENT_FIN);
    }

    static void upstreamFin(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab);
        pair.server.fin();
        assertThat(pair.client.hearToFin()).isEmpty();
        pair.client.fin();
        assertThat(pair.server.hearToFin()).isEmpty();
        lab.assertPassed(CloseReason.UPSTREAM_FIN);
    }

    static void clientReset(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab);
        pair.client.reset();
        assertThat(pair.server.hearToReset()).isEmpty();
        lab.assertPassed(CloseReason.CLIENT_RESET);
    }

    static void upstreamReset(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab);
        pair.server.reset();
        assertThat(pair.client.hearToReset()).isEmpty();
        lab.assertPassed(CloseReason.UPSTREAM_RESET);
    }

    static void idle(WireLab lab) throws Exception {
        Pair.through(lab, "relay.idle-timeout=200ms").assertBothHearReset();
        lab.assertPassed(CloseReason.IDLE);
    }

    static void halfClosedIdle(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab, "relay.half-closed-timeout=200ms");
        pair.client.fin();
        assertThat(pair.server.hearToFin()).isEmpty();
        assertThat(pair.client.hearToReset()).isEmpty();
        lab.assertPassed(CloseReason.HALF_CLOSED_IDLE);
    }

    static void maxDuration(WireLab lab) throws Exception {
        Pair.through(lab, "relay.max-duration=200ms").assertBothHearReset();
        lab.assertPassed(CloseReason.MAX_DURATION);
    }

    static void killed(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab);
        String id = lab.gateway().sessions().list(1).get().get(0).soFar().id();
        assertThat(lab.gateway().sessions().kill(id).get()).isTrue();
        pair.assertBothHearReset();
        lab.assertPassed(CloseReason.KILLED);
    }

    static void shutdown(WireLab lab) throws Exception {
        Pair pair = Pair.through(lab, "shutdown.grace=100ms");
        lab.gateway().drain();
        pair.assertBothHearFin();
        lab.assertPassed(CloseReason.SHUTDOWN);
    }
}
