package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Transport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * One event loop with an {@link EpollRelay} on it whose inside can be looked at. After each test no socket, no buffer and
 * no pipe may be in use. With -Dfull everything runs as large as it is promised for.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EpollLab {
    static final boolean FULL = Boolean.getBoolean("full");
    static final int MEBI = RelayLab.MEBI;
    static final int MANY = 256;

    Loopback loopback;
    private EpollLoop epoll;
    private long pipesBefore;

    /** Lays the loopback. */
    void lay(int pipes) throws IOException {
        pipesBefore = pipesOpen();
        loopback = new Loopback(
                Transport.EPOLL,
                (sweeps, timeouts) -> {
                    PerLoop<EpollLoop> loops = sweeps.map(sweep -> new EpollLoop(sweep, true, pipes));
                    epoll = loops.all().iterator().next();
                    return new EpollRelay(loops, timeouts);
                },
                Loopback.PATIENT);
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        loopback.awaitNothingLeft();
        awaitNothingHeld();
        loopback.close();
        await().untilAsserted(() -> assertThat(pipesOpen()).isEqualTo(pipesBefore));
    }

    /** Fails unless the relay soon holds no pipe, and no buffer of its own or of a channel. */
    void awaitNothingHeld() {
        await().untilAsserted(() -> {
            assertThat(pipesLent()).as("pipes").isZero();
            assertThat(bufferBytes()).as("bytes in buffers").isZero();
        });
    }

    int pipesLent() throws Exception {
        return loopback.loop.submit(() -> epoll.pipes().lent()).get(10, SECONDS);
    }

    /** Only the relay takes memory from this allocator. */
    long bufferBytes() {
        return loopback.memoryInUse() + PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    }

    static int descriptors() {
        return new File("/proc/self/fd").list().length;
    }

    /** Ends of pipes, whoever's. */
    private static long pipesOpen() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(EpollLab::isPipe).count();
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException gone) {
            return false;
        }
    }

    /** For the record. */
    static void figure(String name, String value) {
        System.out.println("FIGURE " + name + ": " + value);
    }

    /** The value in a sorted list below or at which so many of a hundred are. */
    static double percentile(List<Long> sortedNanos, int percent) {
        return sortedNanos.get((sortedNanos.size() * percent + 99) / 100 - 1) / 1e6;
    }
}
