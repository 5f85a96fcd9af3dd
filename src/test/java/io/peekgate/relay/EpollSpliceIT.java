package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.RelayEnd;
import io.peekgate.testkit.ClientRun;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splicing loses nothing, mixes nothing and holds nothing, with however many pipes there are. */
class EpollSpliceIT extends EpollLab {
    private static final int STREAMS = 32;
    private static final int FEW_DESCRIPTORS = 1_000;

    @Test
    void full_duplex_streams_get_no_foreign_bytes() throws Exception {
        lay(MANY);
        long size = (FULL ? 64L : 4L) * MEBI + 24;
        List<CompletableFuture<Long>> checks = new ArrayList<>();
        for (int i = 0; i < (FULL ? 100 : 16); i++) {
            Wire wire = i % 2 == 0 ? loopback.wire() : loopback.tightWire();
            wire.relay();
            checks.add(carry(wire.client, wire.server, checks.size(), size));
            checks.add(carry(wire.server, wire.client, checks.size(), size));
        }
        long foreign = sum(checks);
        figure("foreign 64 bytes", foreign + " in " + checks.size() + " flows of " + size + " B");
        assertThat(foreign).isZero();
    }

    @Test
    void more_bytes_than_an_int_can_count_are_counted_exactly() throws Exception {
        lay(MANY);
        Wire wire = loopback.wire().relay();
        long size = FULL ? (4L << 30) + 12_345 * 8 : 256L * MEBI + 8;
        long start = System.nanoTime();
        assertThat(carry(wire.client, wire.server, 1, size).get(10, MINUTES)).isZero();
        double seconds = (System.nanoTime() - start) / 1e9;
        RelayEnd end = endOf(wire);
        figure("bytes on one connection", "%d of %d in %.1f s".formatted(end.bytesUp(), size, seconds));
        assertThat(end.bytesUp()).isEqualTo(size);
        assertThat(end.kind()).isEqualTo(RelayEnd.Kind.SPLICE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void few_pipes_serve_many_streams(int pipes) throws Exception {
        lay(pipes);
        long size = (FULL ? 64L : 4L) * MEBI;
        List<Wire> wires = wires(STREAMS);
        List<CompletableFuture<Long>> checks = new ArrayList<>();
        for (Wire wire : wires) {
            checks.add(carry(wire.server, wire.client, checks.size(), size));
        }
        assertThat(sum(checks)).isZero();
        awaitNothingHeld();
        long spliced = countSpliced(wires);
        figure(pipes + " pipes", STREAMS + " streams of " + size + " B whole, " + spliced + " of them spliced");
        assertThat(spliced > 0).isEqualTo(pipes > 0);
    }

    @Test
    void without_a_descriptor_to_be_had_bytes_are_copied() throws Exception {
        loadEverythingNeeded();
        lay(MANY);
        Wire wire = loopback.wire().relay();
        List<Closeable> hogs = new ArrayList<>(FEW_DESCRIPTORS);
        String limit = limitDescriptors(Integer.toString(FEW_DESCRIPTORS));
        try {
            useUp(hogs);
            assertThat(carry(wire.client, wire.server, 1, 64L * MEBI).get(1, MINUTES))
                    .isZero();
        } finally {
            for (Closeable each : hogs) {
                each.close();
            }
            limitDescriptors(limit);
        }
        RelayEnd end = endOf(wire);
        figure(
                "EMFILE",
                hogs.size() + " descriptors taken, " + end.bytesUp() + " B arrived by "
                        + end.kind().code());
        assertThat(end.kind()).isEqualTo(RelayEnd.Kind.COPY);
    }

    @Test
    void an_idle_pair_holds_no_pipe_and_no_buffer() throws Exception {
        lay(MANY);
        Wire wire = loopback.wire().relay("hello");
        assertThat(wire.server.receive(5)).isEqualTo("hello");
        for (int round = 0; round < 20; round++) {
            assertThat(carry(wire.client, wire.server, round, 2L * MEBI).get(1, MINUTES))
                    .isZero();
            awaitNothingHeld();
        }
        figure("held by an idle pair", pipesLent() + " pipes, " + bufferBytes() + " B of buffers");
        assertThat(endOf(wire).kind()).isEqualTo(RelayEnd.Kind.SPLICE);
    }

    @Test
    void an_urgent_byte_stops_nothing() throws Exception {
        lay(MANY);
        Wire wire = loopback.wire().relay();
        assertThat(carry(wire.client, wire.server, 1, 4L * MEBI).get(1, MINUTES))
                .isZero();
        wire.client.urge();
        assertThat(carry(wire.client, wire.server, 2, 4L * MEBI).get(1, MINUTES))
                .isZero();
        assertThat(endOf(wire).kind()).isEqualTo(RelayEnd.Kind.SPLICE);
    }

    @Test
    void a_stalled_pair_holds_one_pipe_or_buffer_until_it_ends() throws Exception {
        lay(MANY);
        Wire wire = loopback.wire().relay();
        wire.client.sendAside(new byte[64 * MEBI]);
        wire.client.awaitStall();
        assertThat(pipesLent() + (bufferBytes() > 0 ? 1 : 0)).isEqualTo(1);
        wire.server.reset();
        wire.end();
        awaitNothingHeld();
    }

    private List<Wire> wires(int count) throws Exception {
        List<Wire> wires = new ArrayList<>();
        while (wires.size() < count) {
            wires.add(loopback.wire().relay());
        }
        return wires;
    }

    private static CompletableFuture<Long> carry(End from, End to, int tag, long size) {
        CompletableFuture<Long> foreign = Tagged.check(to, tag, size);
        return Tagged.send(from, tag, size).thenCombine(foreign, (sent, wrong) -> wrong);
    }

    private static long sum(List<CompletableFuture<Long>> counts) throws Exception {
        long sum = 0;
        for (CompletableFuture<Long> each : counts) {
            sum += each.get(10, MINUTES);
        }
        return sum;
    }

    private static long countSpliced(List<Wire> wires) throws Exception {
        long spliced = 0;
        for (Wire wire : wires) {
            spliced += endOf(wire).kind() == RelayEnd.Kind.SPLICE ? 1 : 0;
        }
        return spliced;
    }

    private static RelayEnd endOf(Wire wire) throws Exception {
        wire.client.fin();
        wire.server.fin();
        return wire.end();
    }

    /** A class cannot be loaded while no file can be opened. */
    private void loadEverythingNeeded() throws Exception {
        few_pipes_serve_many_streams(1);
        nothing_is_left();
    }

    /** Sets how many this process may have, as a soft limit, and gives what it was: a machine's may be too many to use up. */
    private static String limitDescriptors(String limit) throws Exception {
        String pid = "--pid=" + ProcessHandle.current().pid();
        ClientRun before = ClientRun.of("", List.of("prlimit", pid, "--nofile", "--output=SOFT", "--noheadings"));
        ClientRun run = ClientRun.of("", List.of("prlimit", pid, "--nofile=" + limit + ":"));
        assertThat(run.exit()).as(run.err()).isZero();
        return before.out().strip();
    }

    private static void useUp(List<Closeable> hogs) throws IOException {
        try {
            while (true) {
                hogs.add(new FileInputStream("/dev/null"));
            }
        } catch (FileNotFoundException none) {
            assertThat(none).hasMessageContaining("Too many open files");
        }
    }
}
