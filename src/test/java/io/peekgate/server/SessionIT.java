package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.NAME;
import static io.peekgate.server.WireLab.NOTHING;
import static io.peekgate.testkit.Bytes.after;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.SessionReport;
import io.peekgate.relay.Relaying;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection at odd moments. Linux: elsewhere a server cannot be made to leave a SYN unanswered. */
@EnabledOnOs(OS.LINUX)
class SessionIT {
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

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_hello_with_its_fin_at_once_is_still_served(String transport) throws Exception {
        lab.start("event-loop.transport=" + transport);
        RawSocket client = lab.say(HELLO).fin();
        RawSocket server = lab.backend().accept();
        assertThat(server.hearToFin()).isEqualTo(HELLO);
        server.send(latin1("still here")).fin();
        assertThat(client.hearToFin()).isEqualTo(latin1("still here"));
        assertThat(lab.assertPassed(CloseReason.CLIENT_FIN).end().orElseThrow().bytesDown())
                .isEqualTo(10);
    }

    @Test
    void a_hello_may_come_byte_by_byte() throws Exception {
        lab.start();
        RawSocket client = lab.connect();
        for (byte octet : HELLO) {
            client.send(new byte[] {octet});
        }
        assertThat(lab.backend().accept().hear(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void early_data_in_the_hellos_segment_reaches_the_server_in_order() throws Exception {
        lab.start();
        byte[] early = Hellos.record(23, new byte[4000]);
        lab.say(join(HELLO, early)).fin();
        assertThat(lab.backend().accept().hearToFin()).isEqualTo(join(HELLO, early));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 2_000_000})
    void early_data_that_comes_during_the_dial_reaches_the_server_in_order(int size) throws Exception {
        SilentServer silent = lab.opened(new SilentServer());
        lab.start(WireLab.rule("target = \"127.0.0.1:" + silent.port() + "\""));
        byte[] early = new byte[size];
        IntStream.range(0, size).forEach(i -> early[i] = (byte) (i * 31));
        RawSocket client = lab.say(HELLO);
        awaitDial(silent);
        Thread sender = new Thread(() -> sendAll(client, early));
        sender.start();
        silent.wake();
        Socket server = lab.opened(silent.accept());
        assertThat(server.getInputStream().readAllBytes()).isEqualTo(join(HELLO, early));
        sender.join();
    }

    private static void sendAll(RawSocket client, byte[] bytes) {
        try {
            client.send(first(bytes, bytes.length / 2), after(bytes, bytes.length / 2))
                    .fin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_client_that_resets_during_the_dial_ends_it() throws Exception {
        SilentServer silent = lab.opened(new SilentServer());
        lab.start(WireLab.rule("target = \"127.0.0.1:" + silent.port() + "\""), "connect.timeout=1h");
        RawSocket client = lab.say(HELLO);
        awaitDial(silent);
        client.reset();
        lab.assertDropped(CloseReason.CLIENT_GONE, "dialled");
        await().atMost(PATIENCE).until(() -> !silent.isDialled());
    }

    @Test
    void a_client_that_resets_while_dns_is_asked_is_gone() throws Exception {
        lab.dns().silent(NAME);
        lab.start("dns.timeout=1s", "dns.attempts=1");
        RawSocket client = lab.say(HELLO);
        await().atMost(PATIENCE).until(() -> lab.dns().queries(NAME) > 0);
        client.reset();
        lab.assertDropped(CloseReason.CLIENT_GONE, "dialled");
    }

    private static void awaitDial(SilentServer server) {
        await().atMost(PATIENCE).until(server::isDialled);
    }

    @Test
    void a_relay_that_has_ended_before_it_has_begun_is_a_passed_connection() throws Exception {
        try (InjectedGateway gateway = new InjectedGateway(lab.backend().address(), SessionIT::endAtOnce);
                RawSocket client = RawSocket.connect(gateway.address()).send(HELLO)) {
            assertThat(client.hearToTheEnd()).isEqualTo(NOTHING);
            SessionReport report = gateway.observer().awaitOne();
            assertThat(report.reason()).isEqualTo(CloseReason.DEFAULT);
            assertThat(report.end()).map(RelayEnd::reason).contains(CloseReason.UPSTREAM_RESET);
            gateway.assertOneReportEach();
        }
    }

    private static Relaying endAtOnce(Channel client, Channel upstream, ByteBuf first) {
        first.release();
        client.close();
        upstream.close();
        RelayEnd end = new RelayEnd(CloseReason.UPSTREAM_RESET, 0, 0, RelayEnd.Kind.COPY);
        return new EndedRelay(client.eventLoop().newSucceededFuture(end));
    }

    private record EndedRelay(Future<RelayEnd> end) implements Relaying {
        @Override
        public void stop(CloseReason why) {}

        @Override
        public long bytesUp() {
            return 0;
        }

        @Override
        public long bytesDown() {
            return 0;
        }

        @Override
        public RelayEnd.Kind kind() {
            return RelayEnd.Kind.COPY;
        }
    }

    @Test
    void an_error_of_the_virtual_machine_ends_its_connection_and_is_reported() throws Exception {
        try (InjectedGateway gateway = new InjectedGateway(lab.backend().address(), (client, upstream, first) -> {
                    first.release();
                    throw new StackOverflowError("on purpose");
                });
                RawSocket client = RawSocket.connect(gateway.address()).send(HELLO)) {
            assertThat(client.hearToFin()).isEqualTo(NOTHING);
            assertThat(gateway.observer().awaitOne().reason()).isEqualTo(CloseReason.INTERNAL);
            gateway.assertOneReportEach();
        }
    }
}
