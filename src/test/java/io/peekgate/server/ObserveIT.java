package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import org.junit.jupiter.api.Test;

/** What a gateway lets through that only looks on, and what not even it does. */
class ObserveIT {
    @Test
    void what_a_rule_would_drop_reaches_its_server_and_the_report_says_so() throws Exception {
        try (WireLab lab = new WireLab()) {
            lab.start("policy.mode=observe", WireLab.rule("action = drop"));
            RawSocket client = lab.say(HELLO).fin();
            try (RawSocket server = lab.backend().accept()) {
                assertThat(server.hearToFin()).isEqualTo(HELLO);
                server.fin();
            }
            assertThat(client.hearToFin()).isEmpty();
            assertThat(lab.gateway().awaitOne()).satisfies(report -> {
                assertThat(report.reason()).isEqualTo(CloseReason.RULE);
                assertThat(report.wouldDrop()).isTrue();
                assertThat(report.detail()).isEqualTo("would be rule_drop");
            });
        }
    }

    @Test
    void what_ends_before_the_policy_is_asked_stays_a_drop() throws Exception {
        try (WireLab lab = new WireLab()) {
            lab.start("policy.mode=observe", "policy.default-action=drop");
            lab.say(Bytes.latin1("SSH-2.0-OpenSSH\r\n")).hearToFin();
            assertThat(lab.assertDropped(CloseReason.SSH, "").wouldDrop()).isFalse();
            lab.say(Hellos.hello().sni("192.0.2.1").wire()).hearToFin();
            lab.assertDropped(CloseReason.NAME_IS_ADDRESS, "");
        }
    }
}
