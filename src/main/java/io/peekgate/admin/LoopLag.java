package io.peekgate.admin;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a task waits for its turn on an event loop. Each look sends the next task there and tells of the one before,
 * or, if that still waits, for how long so far: so it never waits itself, and costs nothing while nobody looks.
 */
final class LoopLag {
    private static final long NONE = 0;

    private final EventExecutor loop;
    private final AtomicLong sent = new AtomicLong(NONE);
    private final AtomicLong took = new AtomicLong();

    LoopLag(EventExecutor loop) {
        this.loop = loop;
    }

    /** In seconds. To be called by one thread at a time. */
    double seconds() {
        long now = System.nanoTime() | 1; // never NONE
        if (sent.compareAndSet(NONE, now)) {
            double last = took.get();
            loop.execute(() -> {
                took.set(System.nanoTime() - now);
                sent.set(NONE);
            });
            return inSeconds(last);
        }
        return inSeconds((double) now - sent.get());
    }

    private static double inSeconds(double nanos) {
        return nanos / TimeUnit.SECONDS.toNanos(1);
    }
}
