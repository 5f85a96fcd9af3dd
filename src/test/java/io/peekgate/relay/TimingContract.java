package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A relay ends when its time is over or it is told to, and no stream that this cuts looks complete. */
interface TimingContract extends RelayLab {
    Duration OFF = Duration.ZERO;
    Duration SHORT = Duration.ofMillis(300);
    /** What {@link #pause} falls short of even on a busy machine, and several of it do not. */
    Duration WIDE = Duration.ofSeconds(3);

    Duration LONG = Duration.ofMinutes(10);

    @Test
    default void no_byte_either_way_is_idle() throws Exception {
        Wire wire = wire(new RelayTimeouts(SHORT, OFF, LONG)).relay();
        wire.assertCut(CloseReason.IDLE);
    }

    @Test
    default void bytes_that_nobody_reads_are_idle() throws Exception {
        Wire wire = loopback(new RelayTimeouts(SHORT, OFF, OFF)).tightWire().relay();
        byte[] bytes = RelayLab.noise(1, 8 * MEBI);
        Future<Void> sending = wire.client.sendAside(bytes);
        wire.assertEnds(CloseReason.IDLE);
        wire.server.assertCutShort(bytes);
        assertThatThrownBy(() -> sending.get(10, SECONDS)).hasMessageContaining("java.net.SocketException");
    }

    @Test
    default void a_byte_either_way_puts_idle_off() throws Exception {
        Wire wire = wire(new RelayTimeouts(WIDE, OFF, OFF)).relay();
        for (int i = 0; i < 8; i++) {
            pause(500);
            assertThat(wire.ended()).isFalse();
            (i % 2 == 0 ? wire.client : wire.server).send("x");
        }
        assertThat(wire.client.receive(4)).isEqualTo("xxxx");
        assertThat(wire.server.receive(4)).isEqualTo("xxxx");
        wire.assertCut(CloseReason.IDLE);
    }

    @Test
    default void silence_after_the_clients_fin_is_half_closed_idle() throws Exception {
        Wire wire = wire(new RelayTimeouts(LONG, SHORT, LONG)).relay("hello");
        wire.client.fin();
        assertThat(wire.server.drain()).hasSize(5);
        wire.assertEnds(CloseReason.HALF_CLOSED_IDLE);
        assertThat(wire.client.drainToReset()).isEmpty();
        assertThatThrownBy(() -> wire.server.sendAside(new byte[8 * MEBI]).get(10, SECONDS))
                .hasMessageContaining("java.net.SocketException");
    }

    @Test
    default void silence_after_the_servers_fin_is_half_closed_idle() throws Exception {
        Wire wire = wire(new RelayTimeouts(LONG, SHORT, LONG)).relay("hello");
        wire.server.fin();
        assertThat(wire.client.drain()).isEmpty();
        wire.assertEnds(CloseReason.HALF_CLOSED_IDLE);
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        assertThat(wire.server.drainToReset()).isEmpty();
    }

    @Test
    default void half_closed_time_counts_from_the_fin() throws Exception {
        Wire wire = wire(new RelayTimeouts(OFF, WIDE, OFF)).relay();
        pause(WIDE.toMillis() + 100);
        wire.client.fin();
        assertThat(wire.server.drain()).isEmpty();
        pause(500);
        assertThat(wire.ended()).isFalse();
        wire.server.send("in time");
        wire.server.fin();
        assertThat(wire.client.drain()).hasSize(7);
        wire.assertEnds(CloseReason.CLIENT_FIN);
    }

    @Test
    default void a_long_answer_is_not_half_closed_idle() throws Exception {
        Wire wire = wire(new RelayTimeouts(OFF, WIDE, OFF)).relay();
        wire.client.fin();
        for (int i = 0; i < 8; i++) {
            pause(500);
            wire.server.send("x");
        }
        wire.server.fin();
        assertThat(wire.client.drain()).hasSize(8);
        wire.assertEnds(CloseReason.CLIENT_FIN);
    }

    @Test
    default void the_longest_duration_holds_whatever_moves() throws Exception {
        Wire wire = wire(new RelayTimeouts(OFF, OFF, Duration.ofSeconds(1))).relay();
        long start = System.nanoTime();
        Future<Void> sending = wire.client.sendAside(new byte[512 * MEBI]);
        byte[] sink = new byte[64 * 1024];
        assertThatThrownBy(() -> {
                    while (wire.server.socket.getInputStream().read(sink) >= 0) {
                        pause(1);
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(900).toNanos());
        wire.assertEnds(CloseReason.MAX_DURATION);
        assertThatThrownBy(() -> sending.get(10, SECONDS)).hasMessageContaining("java.net.SocketException");
    }

    @Test
    default void a_stop_with_nothing_on_its_way_is_a_fin_to_both() throws Exception {
        Wire wire = wire().relay("hello");
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        wire.stop(CloseReason.SHUTDOWN);
        wire.assertEnds(CloseReason.SHUTDOWN);
        assertThat(wire.client.drain()).isEmpty();
        assertThat(wire.server.drain()).isEmpty();
    }

    @Test
    default void a_stop_with_bytes_on_their_way_is_a_reset_to_both() throws Exception {
        Wire wire = tightWire().relay();
        byte[] bytes = RelayLab.noise(2, 32 * MEBI);
        Future<Void> sending = wire.server.sendAside(bytes);
        wire.server.awaitStall();
        wire.stop(CloseReason.SHUTDOWN);
        wire.assertEnds(CloseReason.SHUTDOWN);
        wire.client.assertCutShort(bytes);
        assertThatThrownBy(() -> sending.get(10, SECONDS)).hasMessageContaining("java.net.SocketException");
    }

    @Test
    default void a_kill_is_a_reset_to_both() throws Exception {
        Wire wire = wire().relay("hello");
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        wire.stop(CloseReason.KILLED);
        wire.assertEnds(CloseReason.KILLED);
        assertThat(wire.client.drainToReset()).isEmpty();
        assertThat(wire.server.drainToReset()).isEmpty();
    }

    @Test
    default void a_stop_after_the_end_changes_nothing() throws Exception {
        Wire wire = wire().relay();
        wire.client.fin();
        wire.server.fin();
        CloseReason why = wire.end().reason();
        wire.stop(CloseReason.SHUTDOWN);
        wire.assertEnds(why);
    }

    private Wire wire(RelayTimeouts timeouts) throws IOException {
        return loopback(timeouts).wire();
    }

    private static void pause(long millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }
}
