package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A FIN follows the last byte, and ends one direction only. */
interface ClosingContract extends RelayLab {
    byte[] ANSWER = RelayLab.noise(12, MEBI);

    @Test
    default void after_the_clients_fin_the_answer_still_comes() throws Exception {
        Wire wire = wire().relay("question");
        wire.client.fin();
        wire.server.assertDrains("question".getBytes(StandardCharsets.US_ASCII));
        answerLate(wire.server, wire.client);
        wire.assertEnds(CloseReason.CLIENT_FIN);
    }

    @Test
    default void after_the_servers_fin_the_client_can_still_send() throws Exception {
        Wire wire = wire().relay();
        wire.server.fin();
        wire.client.assertDrains(new byte[0]);
        answerLate(wire.client, wire.server);
        wire.assertEnds(CloseReason.UPSTREAM_FIN);
    }

    @Test
    default void after_the_clients_fin_even_a_slow_client_gets_its_answer() throws Exception {
        Wire wire = tightWire().relay("question");
        wire.client.fin();
        assertThat(wire.server.drain()).hasSize(8);
        Future<Void> answering = wire.server.sendAside(ANSWER).thenRun(wire.server::close);
        End.assertSame(wire.client.drainSlowly(), ANSWER);
        answering.get(10, SECONDS);
        wire.assertEnds(CloseReason.CLIENT_FIN);
    }

    @Test
    default void after_the_servers_fin_even_a_slow_server_gets_the_rest() throws Exception {
        Wire wire = tightWire().relay();
        wire.server.fin();
        assertThat(wire.client.drain()).isEmpty();
        Future<Void> sending = wire.client.sendAside(ANSWER).thenRun(wire.client::close);
        End.assertSame(wire.server.drainSlowly(), ANSWER);
        sending.get(10, SECONDS);
        wire.assertEnds(CloseReason.UPSTREAM_FIN);
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    default void a_fin_behind_a_slow_client_loses_no_byte() throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        for (int i = 0; i < closes(); i++) {
            finBehindSlowReader(loopback.tightWire(), i);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    default void a_fin_just_behind_the_last_byte_loses_none() throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        for (int i = 0; i < closes(); i++) {
            try (Wire wire = loopback.wire().relay("hello")) {
                byte[] bytes = RelayLab.noise(i, 100_000);
                assertThat(wire.server.receive(5)).isEqualTo("hello");
                Future<byte[]> answer = wire.client.drainAside();
                wire.server.send(bytes);
                wire.server.close();
                End.assertSame(answer.get(10, SECONDS), bytes);
                wire.client.fin();
                wire.assertEnds(CloseReason.UPSTREAM_FIN);
            }
        }
    }

    @Test
    default void a_fin_noticed_before_the_start_is_passed_on() throws Exception {
        Wire wire = wire();
        wire.endBeforeRelay(wire.client, wire.near);
        wire.relay("hello");
        assertThat(wire.server.drain()).hasSize(5);
        answerLate(wire.server, wire.client);
        wire.assertEnds(CloseReason.CLIENT_FIN);
    }

    @Test
    default void a_servers_fin_noticed_before_the_start_is_passed_on() throws Exception {
        Wire wire = wire();
        wire.endBeforeRelay(wire.server, wire.far);
        wire.relay("hello");
        assertThat(wire.client.drain()).isEmpty();
        wire.client.fin();
        assertThat(wire.server.drain()).hasSize(5);
        wire.assertEnds(CloseReason.UPSTREAM_FIN);
    }

    @Test
    default void fins_of_both_noticed_before_the_start_end_it() throws Exception {
        Wire wire = wire();
        wire.endBeforeRelay(wire.client, wire.near);
        wire.endBeforeRelay(wire.server, wire.far);
        wire.relay("hello");
        wire.assertEnds(CloseReason.CLIENT_FIN);
        assertThat(wire.server.drain()).hasSize(5);
        assertThat(wire.client.drain()).isEmpty();
    }

    /** How often to try what goes wrong rarely; -Dfull for a long run. */
    private static int closes() {
        return Boolean.getBoolean("full") ? 10_000 : 200;
    }

    private static void finBehindSlowReader(Wire wire, int round) throws Exception {
        byte[] bytes = RelayLab.noise(round, 60_000 + 97 * round);
        wire.relay("hello");
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        Future<Void> sending = wire.server.sendAside(bytes).thenRun(wire.server::close);
        End.assertSame(wire.client.drainSlowly(), bytes);
        sending.get(10, SECONDS);
        wire.client.fin();
        wire.assertEnds(CloseReason.UPSTREAM_FIN);
        assertThat(wire.end().bytesDown()).isEqualTo(bytes.length);
        wire.close();
    }

    /** The other side has ended; this one sends a lot, and ends too. */
    private static void answerLate(End from, End to) throws Exception {
        byte[] bytes = RelayLab.noise(7, 8 * MEBI);
        Future<byte[]> answer = to.drainAside();
        from.sendAside(bytes).get(10, SECONDS);
        from.fin();
        End.assertSame(answer.get(10, SECONDS), bytes);
    }
}
