package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.NAME;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.testkit.RawSocket;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private WireLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new WireLab();
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void nobody_new_is_let_in_but_who_is_in_may_finish_and_that_ends_it() throws Exception {
        lab.start("shutdown.grace=1h");
        RawSocket client = lab.say(HELLO);
        RawSocket server = lab.backend().accept();

        Future<Void> drained = lab.gateway().drain();
        assertThatThrownBy(lab::connect).isInstanceOf(ConnectException.class);
        assertThat(drained.isDone()).isFalse();
        server.hear(HELLO.length);
        server.send(latin1("to the end")).fin();
        assertThat(client.fin().hearToFin()).isEqualTo(latin1("to the end"));

        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        lab.assertPassed(CloseReason.UPSTREAM_FIN);
    }

    @Test
    void an_idle_gateway_is_drained_at_once() throws Exception {
        lab.start("shutdown.grace=1h");
        assertThat(lab.gateway().drain().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_client_whose_name_is_being_asked_for_is_cut_off_when_the_grace_is_over() throws Exception {
        lab.dns().silent(NAME);
        lab.start("shutdown.grace=100ms", "dns.timeout=1s");
        RawSocket client = lab.say(HELLO);
        await().atMost(PATIENCE).until(() -> lab.dns().queries(NAME) > 0);
        Future<Void> drained = lab.gateway().drain();
        assertThat(client.hearToReset()).isEmpty();
        lab.assertDropped(CloseReason.DRAINING, "");
        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_dial_is_given_up_when_the_grace_is_over() throws Exception {
        SilentServer silent = lab.opened(new SilentServer());
        lab.start(
                WireLab.rule("target = \"127.0.0.1:" + silent.port() + "\""),
                "connect.timeout=1h",
                "shutdown.grace=100ms");
        RawSocket client = lab.say(HELLO);
        await().atMost(PATIENCE).until(silent::isDialled);
        lab.gateway().drain();
        assertThat(client.hearToReset()).isEmpty();
        lab.assertDropped(CloseReason.DRAINING, "");
        await().atMost(PATIENCE).until(() -> !silent.isDialled());
    }
}
