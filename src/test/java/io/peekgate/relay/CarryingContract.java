package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Every byte arrives, once, in order, and no faster than it is read. */
interface CarryingContract extends RelayLab {

    @Test
    default void first_bytes_arrive_before_anything_else() throws Exception {
        Wire wire = wire();
        wire.client.send("later");
        wire.relay("first,");
        assertThat(wire.server.receive(11)).isEqualTo("first,later");
    }

    @Test
    default void no_first_bytes_are_fine() throws Exception {
        Wire wire = wire().relay("");
        wire.client.send("ping");
        assertThat(wire.server.receive(4)).isEqualTo("ping");
        wire.server.send("pong");
        assertThat(wire.client.receive(4)).isEqualTo("pong");
    }

    @Test
    default void a_big_transfer_up_arrives_unchanged() throws Exception {
        Wire wire = wire().relay();
        carry(wire.client, wire.server, RelayLab.noise(1, 16 * MEBI));
        wire.server.fin();
        assertThat(wire.end().bytesUp()).isEqualTo(16 * MEBI);
    }

    @Test
    default void a_big_transfer_down_arrives_unchanged() throws Exception {
        Wire wire = wire().relay();
        carry(wire.server, wire.client, RelayLab.noise(2, 16 * MEBI));
        wire.client.fin();
        assertThat(wire.end().bytesDown()).isEqualTo(16 * MEBI);
    }

    @Test
    default void big_transfers_both_ways_at_once_arrive_unchanged() throws Exception {
        carryBothWays(wire().relay(), 16 * MEBI);
    }

    @Test
    default void small_socket_buffers_change_nothing() throws Exception {
        carryBothWays(tightWire().relay(), MEBI);
    }

    @Test
    default void single_bytes_are_not_lost() throws Exception {
        Wire wire = wire().relay();
        byte[] bytes = RelayLab.noise(3, 2000);
        for (byte each : bytes) {
            wire.client.send(new byte[] {each});
            wire.server.send(new byte[] {each});
        }
        wire.client.fin();
        wire.server.fin();
        wire.server.assertDrains(bytes);
        wire.client.assertDrains(bytes);
    }

    @Test
    default void bytes_are_counted_exactly() throws Exception {
        Wire wire = wire().relay("hello");
        wire.client.send("12345");
        assertThat(wire.server.receive(10)).hasSize(10);
        wire.server.send("1234567");
        assertThat(wire.client.receive(7)).hasSize(7);
        assertThat(wire.bytes()).containsExactly(10, 7);
        wire.client.fin();
        wire.server.send("!");
        wire.server.fin();
        assertThat(wire.end().bytesUp()).isEqualTo(10);
        assertThat(wire.end().bytesDown()).isEqualTo(8);
        assertThat(wire.bytes()).containsExactly(10, 8);
    }

    @Test
    default void a_server_that_stalls_throttles_the_client() throws Exception {
        Wire wire = tightWire().relay();
        assertThrottled(wire.client, wire.server);
        wire.server.fin();
        wire.assertEnds(CloseReason.CLIENT_FIN);
    }

    @Test
    default void a_client_that_stalls_throttles_the_server() throws Exception {
        Wire wire = tightWire().relay();
        assertThrottled(wire.server, wire.client);
        wire.client.fin();
        wire.assertEnds(CloseReason.UPSTREAM_FIN);
    }

    private static void carry(End from, End to, byte[] bytes) throws Exception {
        Future<Void> sending = from.sendAside(bytes);
        End.assertSame(to.receiveBytes(bytes.length), bytes);
        sending.get(10, SECONDS);
        from.fin();
        to.assertDrains(new byte[0]);
    }

    private static void carryBothWays(Wire wire, int size) throws Exception {
        byte[] up = RelayLab.noise(4, size);
        byte[] down = RelayLab.noise(5, size);
        Future<byte[]> answer = wire.client.drainAside();
        Future<Void> asking = wire.client.sendAside(up);
        Future<Void> answering = wire.server.sendAside(down);
        End.assertSame(wire.server.receiveBytes(size), up);
        asking.get(10, SECONDS);
        answering.get(10, SECONDS);
        wire.server.fin();
        End.assertSame(answer.get(10, SECONDS), down);
        wire.client.fin();
        wire.assertEnds(CloseReason.UPSTREAM_FIN);
        assertThat(wire.bytes()).containsExactly(size, size);
    }

    /** The bound is far above what eight socket buffers and the relay hold together, and far below what is sent. */
    private static void assertThrottled(End from, End to) throws Exception {
        byte[] bytes = RelayLab.noise(6, 8 * MEBI);
        Future<Void> sending = from.sendAside(bytes);
        assertThat(from.awaitStall()).isLessThan(2 * MEBI);
        End.assertSame(to.receiveBytes(bytes.length), bytes);
        sending.get(10, SECONDS);
        from.fin();
        to.assertDrains(new byte[0]);
    }
}
