package io.peekgate.report;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A stream that takes nothing until it is released, as a pipe whose reader sleeps; an interrupt does not wake it. */
final class StallingStream extends OutputStream {
    private final CountDownLatch released = new CountDownLatch(1);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        awaitUninterruptibly();
        taken.write(bytes, offset, length);
    }

    void release() {
        released.countDown();
    }

    List<String> lines() {
        return taken.toString(StandardCharsets.US_ASCII).lines().toList();
    }

    private void awaitUninterruptibly() {
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
