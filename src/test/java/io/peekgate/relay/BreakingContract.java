package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.CloseReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A RST reaches the other side as RST, behind what could still be delivered, and is told by whose it was. */
interface BreakingContract extends RelayLab {

    @Test
    default void a_clients_reset_reaches_the_server() throws Exception {
        Wire wire = wire().relay("hello");
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        wire.client.reset();
        wire.assertEnds(CloseReason.CLIENT_RESET);
        assertThat(wire.server.drainToReset()).isEmpty();
    }

    @Test
    default void a_servers_reset_reaches_the_client() throws Exception {
        Wire wire = wire().relay("hello");
        wire.server.send("half an ans");
        assertThat(wire.client.receive(11)).hasSize(11);
        wire.server.reset();
        wire.assertEnds(CloseReason.UPSTREAM_RESET);
        assertThat(wire.client.drainToReset()).isEmpty();
    }

    /** A relay that waited for bytes where there are none would take a second each. */
    @Test
    default void a_reset_with_nothing_before_it_is_passed_on_at_once() throws Exception {
        Loopback loopback = loopback(Loopback.PATIENT);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            Wire wire = loopback.wire().relay();
            wire.server.reset();
            wire.assertEnds(CloseReason.UPSTREAM_RESET);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    default void bytes_before_a_reset_are_delivered() throws Exception {
        Wire wire = wire().relay();
        wire.client.send("last words");
        wire.client.reset();
        assertThat(new String(wire.server.drainToReset(), StandardCharsets.US_ASCII))
                .isEqualTo("last words");
        wire.assertEnds(CloseReason.CLIENT_RESET);
        assertThat(wire.end().bytesUp()).isEqualTo(10);
    }

    @Test
    default void a_clients_reset_during_its_transfer_cuts_it_short() throws Exception {
        Wire wire = wire().relay();
        resetDuringTransfer(wire.client, wire.server);
        wire.assertEnds(CloseReason.CLIENT_RESET);
    }

    @Test
    default void a_servers_reset_during_its_transfer_cuts_it_short() throws Exception {
        Wire wire = wire().relay();
        resetDuringTransfer(wire.server, wire.client);
        wire.assertEnds(CloseReason.UPSTREAM_RESET);
    }

    @Test
    default void a_clients_reset_is_noticed_while_the_server_stalls() throws Exception {
        Wire wire = tightWire().relay();
        resetUnderPressure(wire, wire.client, wire.server, CloseReason.CLIENT_RESET);
    }

    @Test
    default void a_servers_reset_is_noticed_while_the_client_stalls() throws Exception {
        Wire wire = tightWire().relay();
        resetUnderPressure(wire, wire.server, wire.client, CloseReason.UPSTREAM_RESET);
    }

    @Test
    default void a_stalling_servers_reset_stops_the_client() throws Exception {
        Wire wire = tightWire().relay();
        resetOfStalledReader(wire.client, wire.server);
        wire.assertEnds(CloseReason.UPSTREAM_RESET);
    }

    @Test
    default void a_stalling_clients_reset_stops_the_server() throws Exception {
        Wire wire = tightWire().relay();
        resetOfStalledReader(wire.server, wire.client);
        wire.assertEnds(CloseReason.CLIENT_RESET);
    }

    @Test
    default void the_server_can_reset_after_the_clients_fin() throws Exception {
        Wire wire = wire().relay("hello");
        wire.client.fin();
        assertThat(wire.server.drain()).hasSize(5);
        wire.server.reset();
        wire.assertEnds(CloseReason.UPSTREAM_RESET);
        assertThat(wire.client.drainToReset()).isEmpty();
    }

    @Test
    default void a_client_gone_after_its_fin_is_noticed_when_the_server_answers() throws Exception {
        Wire wire = wire().relay("hello");
        wire.client.fin();
        assertThat(wire.server.drain()).hasSize(5);
        wire.client.reset();
        Future<Void> answering = wire.server.sendAside(RelayLab.noise(1, 8 * MEBI));
        wire.assertEnds(CloseReason.CLIENT_RESET);
        assertThatThrownBy(() -> answering.get(10, SECONDS)).hasMessageContaining("java.net.SocketException");
    }

    @Test
    default void an_upstream_closed_before_the_start_resets_the_client() throws Exception {
        Wire wire = wire();
        wire.far.close().sync();
        wire.relay("hello");
        wire.assertEnds(CloseReason.UPSTREAM_RESET);
        assertThat(wire.client.drainToReset()).isEmpty();
        assertThat(wire.end().bytesUp()).isZero();
    }

    @Test
    default void a_client_closed_before_the_start_resets_the_server() throws Exception {
        Wire wire = wire();
        wire.near.close().sync();
        wire.relay("hello");
        wire.assertEnds(CloseReason.CLIENT_RESET);
        wire.server.drainToReset();
    }

    /** Counted by the relay: what its kernel has not sent when it resets in the end is dropped, how much is chance. */
    @Test
    default void a_reset_waits_for_a_reader_on_its_way() throws Exception {
        Wire wire = tightWire().relay();
        byte[] bytes = RelayLab.noise(8, 4 * MEBI);
        wire.client.sendAside(bytes);
        wire.client.awaitStall();
        long written = wire.bytes()[0];
        wire.client.reset();
        wire.server.assertCutShort(bytes);
        wire.assertEnds(CloseReason.CLIENT_RESET);
        assertThat(wire.bytes()[0]).isGreaterThan(written);
    }

    @Test
    default void what_a_survivor_still_sends_goes_nowhere() throws Exception {
        Wire wire = tightWire().relay();
        byte[] bytes = RelayLab.noise(13, 32 * MEBI);
        wire.client.sendAside(bytes);
        wire.client.awaitStall();
        wire.client.reset();
        wire.server.sendAside(new byte[10_000]).thenRun(wire.server::fin);
        assertEndsUnread(wire, CloseReason.CLIENT_RESET);
        wire.server.assertCutShort(bytes);
        wire.assertEnds(CloseReason.CLIENT_RESET);
    }

    private static void resetDuringTransfer(End from, End to) throws Exception {
        byte[] bytes = RelayLab.noise(9, 64 * MEBI);
        from.sendAside(bytes);
        End.assertSame(to.receiveBytes(MEBI), Arrays.copyOf(bytes, MEBI));
        from.reset();
        to.assertCutShort(Arrays.copyOfRange(bytes, MEBI, bytes.length));
    }

    private void resetUnderPressure(Wire wire, End from, End to, CloseReason why) throws Exception {
        byte[] bytes = RelayLab.noise(10, 32 * MEBI);
        from.sendAside(bytes);
        from.awaitStall();
        from.reset();
        assertEndsUnread(wire, why);
        to.assertCutShort(bytes);
        wire.assertEnds(why);
    }

    /** Before the stalled reader reads on, where the transport can tell. */
    private void assertEndsUnread(Wire wire, CloseReason why) throws Exception {
        if (hearsResetUnread()) {
            wire.assertEnds(why);
        }
    }

    private static void resetOfStalledReader(End from, End to) throws IOException {
        Future<Void> sending = from.sendAside(RelayLab.noise(11, 32 * MEBI));
        from.awaitStall();
        to.reset();
        assertThatThrownBy(() -> sending.get(10, SECONDS)).hasMessageContaining("java.net.SocketException");
    }
}
