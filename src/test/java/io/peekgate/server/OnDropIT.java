package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.model.CloseReason;
import io.peekgate.model.OnDrop;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In which manner clients are turned away, and that each manner leaves one report. */
class OnDropIT {
    private static final byte[] BAD_NAME = Hellos.hello().sni("-").wire();

    private static final int MEGABYTE = 1 << 20;
    private static final int MEGABYTES = 64;

    private WireLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new WireLab();
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    static Stream<Arguments> drops() {
        return Stream.of(OnDrop.values())
                .flatMap(manner -> Stream.of(
                        Arguments.of(manner, CloseReason.RULE_DROP, HELLO, 49),
                        Arguments.of(manner, CloseReason.NO_SNI, Hellos.captured("openssl-nosni"), 112),
                        Arguments.of(manner, CloseReason.BAD_NAME, BAD_NAME, 112),
                        Arguments.of(
                                manner,
                                CloseReason.DNS_NXDOMAIN,
                                Hellos.hello().sni("nowhere.example").wire(),
                                112),
                        Arguments.of(
                                manner,
                                CloseReason.DESTINATION_DENIED,
                                Hellos.hello().sni("inside.example").wire(),
                                49),
                        Arguments.of(
                                manner,
                                CloseReason.CONNECT_REFUSED,
                                Hellos.hello().sni("closed.example").wire(),
                                80)));
    }

    @ParameterizedTest
    @MethodSource("drops")
    void on_drop_says_how_policy_bad_names_and_failed_dials_are_answered(
            OnDrop manner, CloseReason reason, byte[] hello, int alert) throws Exception {
        lab.dns()
                .fails("nowhere.example", DnsResponseCode.NXDOMAIN)
                .addresses("inside.example", 60, "10.0.0.7")
                .addresses("closed.example", 60, "127.0.0.99");
        lab.start(
                WireLab.rule("action = drop"), "policy.on-drop=" + manner.name().toLowerCase(Locale.ROOT));
        assertTurnedAway(lab.say(hello), manner, alert);
        assertThat(lab.gateway().awaitOne().reason()).isEqualTo(reason);
    }

    @Test
    void a_rules_own_on_drop_counts_for_what_it_matches_alone() throws Exception {
        lab.start(WireLab.rule("action = drop, on-drop = close"), "policy.on-drop=alert", "policy.default-action=drop");
        assertTurnedAway(lab.say(HELLO), OnDrop.CLOSE, 0);
        assertTurnedAway(lab.say(Hellos.hello().sni("other.example").wire()), OnDrop.ALERT, 49);
    }

    @Test
    void what_a_client_sends_after_it_was_refused_is_forgotten_at_once() throws Exception {
        lab.start(WireLab.rule("action = drop"));
        ByteBufAllocatorMetric memory = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        RawSocket client = lab.say(HELLO);
        assertThat(client.hear(7)).isEqualTo(alert(49));
        long before = memory.usedDirectMemory();
        long most = before;
        for (int i = 0; i < MEGABYTES && sends(client, new byte[MEGABYTE]); i++) {
            most = Math.max(most, memory.usedDirectMemory());
        }
        assertThat(most - before).isLessThan(MEGABYTES * MEGABYTE / 2);
    }

    /** False once it is cut off. */
    private static boolean sends(RawSocket client, byte[] bytes) {
        try {
            client.send(bytes);
            return true;
        } catch (IOException cutOff) {
            return false;
        }
    }

    private static void assertTurnedAway(RawSocket client, OnDrop manner, int alert) throws Exception {
        switch (manner) {
            case ALERT -> assertThat(client.hearToFin()).isEqualTo(alert(alert));
            case RESET -> assertThat(client.hearToReset()).isEmpty();
            case CLOSE -> assertThat(client.hearToFin()).isEmpty();
        }
    }
}
