package io.peekgate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One end of a {@link Wire}: a blocking socket, and what one does with it. */
final class End {
    static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "end of a wire");
        thread.setDaemon(true);
        return thread;
    });
    private static final int CHUNK = 16 * 1024;
    private static final int SIP = 3000;

    final Socket socket;
    /** Bytes that the socket has taken from {@link #sendAside}. */
    final AtomicLong taken = new AtomicLong();

    End(Socket socket) {
        this.socket = socket;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends in another thread; the future fails as the sending does. */
    CompletableFuture<Void> sendAside(byte[] bytes) {
        return CompletableFuture.runAsync(() -> sendChunks(bytes), THREADS);
    }

    private void sendChunks(byte[] bytes) {
        try {
            for (int from = 0; from < bytes.length; from += CHUNK) {
                int size = Math.min(CHUNK, bytes.length - from);
                socket.getOutputStream().write(bytes, from, size);
                taken.addAndGet(size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until {@link #sendAside} gets no further; returns how many bytes were taken by then. */
    long awaitStall() {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(150))
                .atMost(Duration.ofSeconds(15))
                .until(() -> taken.get() > 0 && before.getAndSet(taken.get()) == taken.get());
        return taken.get();
    }

    /** The next bytes, as text. */
    String receive(int size) throws IOException {
        return new String(receiveBytes(size), StandardCharsets.US_ASCII);
    }

    byte[] receiveBytes(int size) throws IOException {
        return socket.getInputStream().readNBytes(size);
    }

    /** All bytes up to the FIN; fails on a reset. */
    byte[] drain() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** All bytes up to the FIN, in sips that leave the sender waiting. */
    byte[] drainSlowly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] sip = receiveBytes(SIP); sip.length > 0; sip = receiveBytes(SIP)) {
            bytes.write(sip);
            LockSupport.parkNanos(50_000);
        }
        return bytes.toByteArray();
    }

    /** All bytes in another thread, up to the FIN. */
    CompletableFuture<byte[]> drainAside() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return drain();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }

    /** All bytes up to the reset; fails on a FIN. */
    byte[] drainToReset() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
            return bytes.toByteArray();
        }
        throw new AssertionError("a FIN after " + bytes.size() + " bytes instead of a reset");
    }

    /** Expects exactly these bytes, then a FIN. */
    void assertDrains(byte[] expected) throws IOException {
        assertSame(drain(), expected);
    }

    /** Expects a beginning of these bytes, then a reset; returns how many. */
    int assertCutShort(byte[] expected) {
        byte[] actual = drainToReset();
        assertSame(actual, Arrays.copyOf(expected, Math.min(actual.length, expected.length)));
        return actual.length;
    }

    /** Compares without printing megabytes. */
    static void assertSame(byte[] actual, byte[] expected) {
        assertThat(actual.length).as("bytes received").isEqualTo(expected.length);
        assertThat(Arrays.mismatch(actual, expected)).as("first wrong byte").isEqualTo(-1);
    }

    /** Sends one urgent byte (RFC 9293 section 3.8.5), which whoever reads the stream does not see. */
    void urge() throws IOException {
        socket.sendUrgentData(1);
    }

    void fin() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
