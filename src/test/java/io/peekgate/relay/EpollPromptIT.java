package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.CloseReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens at one end is felt at the other soon, whatever else there is to do; and what does not happen costs nothing. */
class EpollPromptIT extends EpollLab {
    /** What a pair is at when it is reset. */
    enum At {
        REST,
        TRANSFER,
        BACK_PRESSURE
    }

    /** When a peer goes away, seen from the start of the relay. */
    enum Moment {
        BEFORE,
        SAME_TURN_BEFORE,
        SAME_TURN_AFTER,
        NEXT_TURN,
        SOON
    }

    private static final byte[] ENDLESS = new byte[256 * MEBI];
    private static final int PINGERS = 10;
    private static final double MEDIAN_MILLIS = 50;
    private static final double MOST_MILLIS = 10_000;
    private static final long PILING = TimeUnit.MILLISECONDS.toNanos(20);
    private static final byte[] PING = RelayLab.noise(1, 64);

    @ParameterizedTest
    @EnumSource
    void a_reset_soon_shows_at_the_other_end(At state) throws Exception {
        lay(MANY);
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < (FULL ? 400 : 24); i++) {
            Wire wire = state == At.BACK_PRESSURE ? loopback.tightWire() : loopback.wire();
            boolean byClient = i % 2 == 0;
            wire.relay();
            delays.add(timeReset(state, byClient ? wire.client : wire.server, byClient ? wire.server : wire.client, i));
            wire.assertEnds(byClient ? CloseReason.CLIENT_RESET : CloseReason.UPSTREAM_RESET);
            wire.close();
        }
        assertPrompt("reset at " + state, delays);
    }

    @Test
    void peers_that_go_away_around_the_start_leave_nothing() throws Exception {
        lay(MANY);
        Random random = new Random(1);
        abortEachWay(random);
        await().until(loopback::holdsNoSocket);
        int before = descriptors();
        int rounds = FULL ? 200 : 20;
        for (int i = 0; i < rounds; i++) {
            abortEachWay(random);
        }
        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
        figure(
                "descriptors after " + rounds * 2 * Moment.values().length + " aborts",
                descriptors() + ", before " + before);
    }

    @Test
    void a_bulk_stream_does_not_starve_ping_pongs() throws Exception {
        lay(MANY);
        Wire bulk = loopback.wire().relay();
        CompletableFuture<Void> sending = Tagged.send(bulk.client, 1, Long.MAX_VALUE);
        Tagged.check(bulk.server, 1, Long.MAX_VALUE);
        List<CompletableFuture<List<Long>>> pings = new ArrayList<>();
        for (int i = 0; i < PINGERS; i++) {
            pings.add(pingAside(wires((FULL ? 500 : 100) / PINGERS)));
        }
        List<Long> delays = new ArrayList<>();
        for (CompletableFuture<List<Long>> each : pings) {
            delays.addAll(each.get(20, SECONDS));
        }
        assertThat(sending).isNotDone();
        figure("bulk beside the pings", bulk.bytes()[0] / MEBI + " MiB");
        assertPrompt("ping beside bulk", delays);
    }

    @Test
    void a_fin_and_a_reset_in_one_turn_are_a_reset() throws Exception {
        lay(MANY);
        for (boolean byClient : new boolean[] {true, false}) {
            Wire wire = loopback.wire().relay();
            End ending = byClient ? wire.server : wire.client;
            End resetting = byClient ? wire.client : wire.server;
            loopback.loop
                    .submit(() -> {
                        ending.fin();
                        reset(resetting);
                        return null;
                    })
                    .get(10, SECONDS);
            wire.assertEnds(byClient ? CloseReason.CLIENT_RESET : CloseReason.UPSTREAM_RESET);
            wire.close();
        }
    }

    /** Bytes pile up while the loop stands still; then they go on in portions, with other things done between them. */
    @Test
    void what_has_piled_up_is_moved_in_portions() throws Exception {
        lay(MANY);
        Wire bulk = loopback.wire().relay();
        Tagged.send(bulk.client, 1, Long.MAX_VALUE);
        Tagged.check(bulk.server, 1, Long.MAX_VALUE);
        Samples samples = new Samples(bulk);
        loopback.loop.execute(samples);
        long most = samples.biggestStep.get(60, SECONDS);
        figure("most bytes moved between two other things", Long.toString(most));
        assertThat(most).isLessThanOrEqualTo(3L * MEBI);
    }

    @Test
    void stalled_pairs_burn_no_cpu() throws Exception {
        lay(MANY);
        for (int i = 0; i < 20; i++) {
            Wire wire = i % 2 == 0 ? loopback.tightWire() : loopback.wire();
            wire.relay().server.sendAside(ENDLESS);
            wire.server.awaitStall();
        }
        Duration used = loopback.leastCpuInASecond();
        figure("CPU of 20 stalled pairs", "%.1f ms a second".formatted(used.toNanos() / 1e6));
        assertThat(used).isLessThan(Duration.ofMillis(200));
    }

    /**
     * Looks once a turn how much was moved, and holds the loop up now and then; for 500 turns, and on until a whole
     * portion had piled up at least once.
     */
    private final class Samples implements Runnable {
        private final CompletableFuture<Long> biggestStep = new CompletableFuture<>();
        private final Wire wire;
        private long moved;
        private long biggest;
        private int turns;

        Samples(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void run() {
            long now = wire.bytesUpOnLoop();
            biggest = Math.max(biggest, now - moved);
            moved = now;
            if (++turns >= 500 && biggest >= MEBI) {
                biggestStep.complete(biggest);
                return;
            }
            if (turns % 10 == 0) {
                LockSupport.parkNanos(PILING);
            }
            loopback.loop.schedule(this, 0, TimeUnit.NANOSECONDS); // not execute(), which would be in the same turn
        }
    }

    /** Nanoseconds from one end's reset to the other's seeing it, be that the one that sends or that receives. */
    private static long timeReset(At state, End resetting, End other, int round) throws Exception {
        boolean otherReceives = state == At.REST || round % 4 < 2;
        End sender = otherReceives ? resetting : other;
        End receiver = otherReceives ? other : resetting;
        CompletableFuture<Void> sending = state == At.REST ? new CompletableFuture<>() : sender.sendAside(ENDLESS);
        CompletableFuture<byte[]> reading = state == At.BACK_PRESSURE ? null : receiver.drainAside();
        if (state == At.TRANSFER) {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> sender.taken.get() > MEBI);
        } else if (state == At.BACK_PRESSURE) {
            sender.awaitStall();
        }
        long start = System.nanoTime();
        resetting.reset();
        if (!otherReceives) {
            return seen(sending) - start;
        }
        return seen(reading == null ? receiver.drainAside() : reading) - start;
    }

    private static long seen(CompletableFuture<?> cut) throws Exception {
        return cut.<Long>handle((done, reset) -> {
                    assertThat(reset).as("reset").isNotNull();
                    return System.nanoTime();
                })
                .get(20, SECONDS);
    }

    private void abortEachWay(Random random) throws Exception {
        for (Moment moment : Moment.values()) {
            Wire up = loopback.wire();
            abort(up, up.client, moment, random);
            up.assertEnds(CloseReason.CLIENT_RESET);
            up.close();
            Wire down = loopback.wire();
            abort(down, down.server, moment, random);
            down.assertEnds(CloseReason.UPSTREAM_RESET);
            down.close();
        }
    }

    private void abort(Wire wire, End end, Moment moment, Random random) throws Exception {
        String first = random.nextBoolean() ? "hello" : "";
        Runnable nothing = () -> {};
        switch (moment) {
            case BEFORE -> {
                end.reset();
                wire.relay(first);
            }
            case SAME_TURN_BEFORE -> wire.relayAmid(first, () -> reset(end), nothing);
            case SAME_TURN_AFTER -> wire.relayAmid(first, nothing, () -> reset(end));
            case NEXT_TURN -> wire.relayAmid(first, nothing, () -> loopback.loop.execute(() -> reset(end)));
            case SOON -> {
                wire.relay(first);
                LockSupport.parkNanos(random.nextInt(500_000));
                end.reset();
            }
        }
    }

    private static void reset(End end) {
        try {
            end.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Wire> wires(int count) throws Exception {
        List<Wire> wires = new ArrayList<>();
        while (wires.size() < count) {
            wires.add(loopback.wire().relay());
        }
        return wires;
    }

    private static CompletableFuture<List<Long>> pingAside(List<Wire> wires) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Long> delays = new ArrayList<>();
                    for (int round = 0; round < 50; round++) {
                        wires.forEach(wire -> delays.add(ping(wire)));
                    }
                    return delays;
                },
                End.THREADS);
    }

    private static long ping(Wire wire) {
        long start = System.nanoTime();
        try {
            wire.client.send(PING);
            wire.server.send(wire.server.receiveBytes(PING.length));
            End.assertSame(wire.client.receiveBytes(PING.length), PING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.nanoTime() - start;
    }

    /** Any single one may have been kept waiting by a busy machine; half of them are not. */
    private static void assertPrompt(String name, List<Long> nanos) {
        Collections.sort(nanos);
        double median = percentile(nanos, 50);
        double most = percentile(nanos, 100);
        figure(
                name,
                "p50 %.2f ms, p99 %.2f ms, max %.2f ms of %d"
                        .formatted(median, percentile(nanos, 99), most, nanos.size()));
        assertThat(median).as("median of " + name).isLessThan(MEDIAN_MILLIS);
        assertThat(most).as("slowest " + name).isLessThan(MOST_MILLIS);
    }
}
