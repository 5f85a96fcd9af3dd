package io.peekgate.server;

import static io.peekgate.server.WireLab.ACCESS_DENIED;
import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.NAME;
import static io.peekgate.server.WireLab.NOTHING;
import static io.peekgate.server.WireLab.UNRECOGNIZED_NAME;
import static io.peekgate.server.WireLab.alert;
import static io.peekgate.testkit.Bytes.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Verdict;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;

/** How listener, limits and policy refuse. */
final class RefusedScenarios {
    private static final String ONE_LOOP = "event-loop.threads=1";

    private RefusedScenarios() {}

    static void ruleDrop(WireLab lab) throws Exception {
        lab.start(WireLab.rule("action = drop, reason = \"not from here\""));
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(ACCESS_DENIED));
        assertThat(lab.assertDropped(CloseReason.RULE_DROP, "not from here")
                        .verdict()
                        .flatMap(Verdict::rule))
                .contains("the-rule");
    }

    static void defaultDrop(WireLab lab) throws Exception {
        lab.start("policy.default-action=drop");
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(ACCESS_DENIED));
        assertThat(lab.assertDropped(CloseReason.DEFAULT_DROP, "").verdict().flatMap(Verdict::rule))
                .isEmpty();
    }

    static void noSni(WireLab lab) throws Exception {
        lab.start();
        assertThat(lab.say(Hellos.captured("openssl-nosni")).hearToFin()).isEqualTo(alert(UNRECOGNIZED_NAME));
        lab.assertDropped(CloseReason.NO_SNI, "");
    }

    static void badName(WireLab lab) throws Exception {
        lab.start();
        assertThat(lab.say(Hellos.hello().sni("a\n.example").wire()).hearToFin())
                .isEqualTo(alert(UNRECOGNIZED_NAME));
        lab.assertDropped(CloseReason.BAD_NAME, "a\\x0a.example");
    }

    static void nameIsAddress(WireLab lab) throws Exception {
        lab.start();
        assertThat(lab.say(Hellos.hello().sni("192.0.2.1").wire()).hearToFin()).isEqualTo(alert(UNRECOGNIZED_NAME));
        lab.assertDropped(CloseReason.NAME_IS_ADDRESS, "192.0.2.1");
    }

    static void sourceDenied(WireLab lab) throws Exception {
        lab.start(lab.listener("sources = [\"10.0.0.0/8\"]"));
        lab.knock().ifPresent(client -> assertThat(client.hearToReset()).isEmpty());
        lab.assertDropped(CloseReason.SOURCE_DENIED, "");
    }

    static void portDenied(WireLab lab) throws Exception {
        lab.start(lab.listener("allow-ports = [443]"));
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(ACCESS_DENIED));
        lab.assertDropped(CloseReason.PORT_DENIED, "port " + lab.backend().port());
    }

    static void ruleError(WireLab lab) throws Exception {
        String name = "a".repeat(60) + '.' + "a".repeat(60);
        lab.start("policy.rules=[{ name = runaway, match = \"~(?=a)(a+)+\\\\1!\" }]");
        assertThat(lab.say(Hellos.hello().sni(name).wire()).hearToFin()).isEqualTo(alert(WireLab.INTERNAL_ERROR));
        assertThat(lab.assertDropped(CloseReason.RULE_ERROR, "").verdict().flatMap(Verdict::rule))
                .contains("runaway");
    }

    static void echDenied(WireLab lab) throws Exception {
        lab.start("policy.ech=deny", "policy.rules=[{ name = free, match = free.example, ech = allow }]");
        assertThat(lab.say(Hellos.captured("chromium")).hearToFin()).isEqualTo(alert(ACCESS_DENIED));
        assertThat(lab.assertDropped(CloseReason.ECH_DENIED, "").ech()).contains(ClientHello.Ech.OUTER);
    }

    static void limitConnections(WireLab lab) throws Exception {
        assertSecondIsRefused(lab, "limits.connections=1", CloseReason.LIMIT_CONNECTIONS);
    }

    static void limitSource(WireLab lab) throws Exception {
        assertSecondIsRefused(lab, "limits.per-source=1", CloseReason.LIMIT_SOURCE);
    }

    static void limitPeeking(WireLab lab) throws Exception {
        assertSecondIsRefused(lab, "limits.peeking=1", CloseReason.LIMIT_PEEKING);
    }

    private static void assertSecondIsRefused(WireLab lab, String limit, CloseReason reason) throws Exception {
        lab.start(limit, ONE_LOOP);
        RawSocket first = lab.connect();
        lab.gateway().observer().awaitOpened(1);
        lab.knock().ifPresent(client -> assertThat(client.hearToReset()).isEmpty());
        lab.assertDropped(reason, "more than 1");
        assertThat(first.fin().hearToFin()).isEmpty();
        lab.assertDropped(CloseReason.CLIENT_GONE, "");
    }

    /** One a second is let in, and these come faster even on a busy machine. */
    static void limitRate(WireLab lab) throws Exception {
        lab.start("limits.accepts-per-second=1");
        for (int i = 0; i < 50; i++) {
            lab.knock();
        }
        lab.assertDropped(CloseReason.LIMIT_RATE, "");
    }

    static void draining(WireLab lab) throws Exception {
        lab.start("shutdown.grace=100ms");
        RawSocket client = lab.say(first(HELLO, 50));
        lab.gateway().observer().awaitOpened(1);
        lab.gateway().drain();
        assertThat(client.hearToReset()).isEmpty();
        lab.assertDropped(CloseReason.DRAINING, "");
    }

    static void clientGone(WireLab lab) throws Exception {
        lab.start();
        assertThat(lab.say(first(HELLO, 50)).fin().hearToFin()).isEqualTo(NOTHING);
        lab.assertDropped(CloseReason.CLIENT_GONE, "after 50 bytes");
    }

    static void internal(WireLab lab) throws Exception {
        try (InjectedGateway broken = new InjectedGateway(lab.backend().address(), (client, upstream, first) -> {
                    first.release();
                    throw new IllegalStateException("broken on purpose");
                });
                RawSocket client = RawSocket.connect(broken.address()).send(HELLO)) {
            assertThat(client.hearToFin()).isEmpty();
            assertThat(broken.observer().awaitOne()).satisfies(report -> {
                assertThat(report.reason()).isEqualTo(CloseReason.INTERNAL);
                assertThat(report.reason().action()).isEqualTo(CloseReason.Action.FAIL);
                assertThat(report.detail()).contains("broken on purpose");
                assertThat(report.hello()
                                .orElseThrow()
                                .serverName()
                                .orElseThrow()
                                .value())
                        .isEqualTo(NAME);
            });
            assertThat(lab.backend().accept().hearToTheEnd()).isEmpty();
        }
    }
}
