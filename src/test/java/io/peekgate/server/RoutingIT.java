package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.NAME;
import static io.peekgate.server.WireLab.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Verdict;
import io.peekgate.testkit.Backend;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where connections are led, by rules that ask for more than the name. */
class RoutingIT {
    private WireLab lab;
    private Backend other;

    @BeforeEach
    void open() throws Exception {
        lab = new WireLab();
        other = lab.opened(new Backend());
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void a_rule_of_one_listener_does_not_count_at_another() throws Exception {
        String both =
                "listeners=[{ name = first, bind = \"127.0.0.1:0\", %1$s }, { name = second, bind = \"127.0.0.1:0\", %1$s }]"
                        .formatted("allow-ports = [], default-port = "
                                + lab.backend().port());
        lab.start(both, WireLab.rule("listeners = [second], action = drop"));
        InetSocketAddress second = lab.gateway().addresses().get(1);
        assertThat(lab.opened(RawSocket.connect(second)).send(HELLO).hearToFin())
                .isEqualTo(alert(WireLab.ACCESS_DENIED));
        assertThat(lab.assertDropped(CloseReason.RULE_DROP, "").listener()).isEqualTo("second");
        lab.say(HELLO);
        assertThat(lab.backend().accept().hear(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void a_rule_of_one_protocol_does_not_count_for_another() throws Exception {
        lab.start(WireLab.rule("alpn = [h2], action = drop"));
        assertThat(lab.say(Hellos.captured("curl-h2")).hearToFin()).isEqualTo(alert(WireLab.ACCESS_DENIED));
        lab.assertDropped(CloseReason.RULE_DROP, "");
        lab.say(HELLO);
        assertThat(lab.backend().accept().hear(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void a_rule_of_one_source_does_not_count_for_another() throws Exception {
        lab.start(WireLab.rule("sources = [\"127.0.0.9\"], action = drop"));
        RawSocket denied =
                lab.opened(RawSocket.connect("127.0.0.9", lab.gateway().address()));
        assertThat(denied.send(HELLO).hearToFin()).isEqualTo(alert(WireLab.ACCESS_DENIED));
        lab.assertDropped(CloseReason.RULE_DROP, "");
        lab.say(HELLO);
        assertThat(lab.backend().accept().hear(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void a_rules_target_is_dialled_instead_of_what_dns_says() throws Exception {
        lab.start(WireLab.rule("target = \"127.0.0.1:" + other.port() + "\""));
        assertLedToOther(HELLO, CloseReason.RULE);
        assertThat(lab.dns().queries(NAME)).isZero();
    }

    @Test
    void a_rules_target_may_be_a_name_which_our_dns_resolves() throws Exception {
        lab.dns().addresses("inner.example", 60, "127.0.0.1");
        lab.start(WireLab.rule("target = \"inner.example:" + other.port() + "\""));
        assertLedToOther(HELLO, CloseReason.RULE);
        assertThat(lab.dns().queries("inner.example")).isPositive();
    }

    @Test
    void without_a_name_no_sni_says_where_to() throws Exception {
        lab.start("policy.no-sni=127.0.0.1:" + other.port(), "policy.default-action=drop");
        assertLedToOther(Hellos.captured("openssl-nosni"), CloseReason.DEFAULT);
    }

    private void assertLedToOther(byte[] hello, CloseReason reason) throws Exception {
        RawSocket client = lab.say(hello).fin();
        RawSocket server = other.accept();
        assertThat(server.hearToFin()).isEqualTo(hello);
        server.fin();
        assertThat(client.hearToFin()).isEmpty();
        SessionReport report = lab.gateway().awaitOne();
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.upstream()).contains(other.address());
        assertThat(lab.backend().connections()).isZero();
    }

    @Test
    void a_client_that_spoofs_a_name_reaches_what_our_dns_says_and_nothing_else() throws Exception {
        lab.dns().addresses("harmless.example", 60, "127.0.0.77");
        lab.start("policy.default-action=drop", "policy.rules=[{ name = harmless, match = harmless.example }]");
        assertThat(lab.say(Hellos.hello().sni("harmless.example").wire()).hearToFin())
                .isEqualTo(alert(WireLab.INTERNAL_ERROR));
        SessionReport report = lab.assertFailed(CloseReason.CONNECT_REFUSED, "127.0.0.77:");
        assertThat(report.verdict().flatMap(Verdict::rule)).contains("harmless");
    }

    @Test
    void one_of_many_addresses_that_is_private_is_left_out_and_the_others_are_dialled() throws Exception {
        lab.dns().addresses(NAME, 60, "10.0.0.7", "127.0.0.1");
        lab.start();
        lab.say(HELLO);
        assertThat(lab.backend().accept().hear(HELLO.length)).isEqualTo(HELLO);
    }
}
