package io.peekgate.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A stream each eight bytes of which tell whose they are and where they belong, so that foreign and misplaced ones show,
 * however long it is.
 */
final class Tagged {
    private static final int CHUNK = 64 * 1024;
    private static final int RECORD = 64;
    private static final int TAG_SHIFT = 40;

    private Tagged() {}

    /** Sends so many bytes in pieces of random length, in another thread. */
    static CompletableFuture<Void> send(End from, int tag, long size) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        write(from, tag, size);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                End.THREADS);
    }

    /** Receives so many bytes in another thread; gives how many 64 bytes were not what was sent. */
    static CompletableFuture<Long> check(End to, int tag, long size) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return read(to, tag, size);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                End.THREADS);
    }

    private static void write(End from, int tag, long size) throws IOException {
        Random random = new Random(tag);
        for (long at = 0; at < size; at += CHUNK) {
            byte[] chunk = chunk(tag, at, size);
            int sent = 0;
            while (sent < chunk.length) {
                int piece = Math.min(chunk.length - sent, 1 + random.nextInt(CHUNK));
                from.socket.getOutputStream().write(chunk, sent, piece);
                sent += piece;
            }
        }
    }

    private static long read(End to, int tag, long size) throws IOException {
        long foreign = 0;
        for (long at = 0; at < size; at += CHUNK) {
            byte[] expected = chunk(tag, at, size);
            byte[] actual = to.receiveBytes(expected.length);
            if (actual.length < expected.length) {
                throw new IOException("ended " + (expected.length - actual.length) + " bytes short of " + (at + CHUNK));
            }
            foreign += Arrays.equals(actual, expected) ? 0 : foreign(actual, expected);
        }
        return foreign;
    }

    private static long foreign(byte[] actual, byte[] expected) {
        long foreign = 0;
        for (int from = 0; from < expected.length; from += RECORD) {
            int to = Math.min(from + RECORD, expected.length);
            foreign += Arrays.equals(actual, from, to, expected, from, to) ? 0 : 1;
        }
        return foreign;
    }

    private static byte[] chunk(int tag, long at, long size) {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, size - at));
        for (long next = at; chunk.remaining() >= Long.BYTES; next += Long.BYTES) {
            chunk.putLong((long) tag << TAG_SHIFT | next);
        }
        return chunk.array();
    }
}
