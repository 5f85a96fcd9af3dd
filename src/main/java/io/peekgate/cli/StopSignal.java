package io.peekgate.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * SIGTERM and SIGINT: the first asks the gateway to drain, one that comes a second later or more ends the process at
 * once. (Sooner it is the same wish, told to the process and to its group.) Handled here and not in
 * a shutdown hook, so that the process ends with the exit code of its command.
 */
final class StopSignal {
    private static final int IMPATIENT = 130;
    private static final long SAME_WISH = TimeUnit.SECONDS.toNanos(1);

    private final CountDownLatch came = new CountDownLatch(1);
    private final AtomicReference<Raised> first = new AtomicReference<>();

    private record Raised(String name, long at) {}

    private StopSignal() {}

    static StopSignal listen() {
        StopSignal stop = new StopSignal();
        stop.handle("TERM");
        stop.handle("INT");
        return stop;
    }

    boolean hasCome() {
        return first.get() != null;
    }

    /** Waits for the first; gives its name. */
    String await() throws InterruptedException {
        came.await();
        return first.get().name();
    }

    /** The same wish, told otherwise: never impatient. */
    void ask(String who) {
        first.compareAndSet(null, new Raised(who, System.nanoTime()));
        came.countDown();
    }

    private void handle(String name) {
        Signals.handle(name, () -> raised("SIG" + name));
    }

    private void raised(String name) {
        long now = System.nanoTime();
        if (!first.compareAndSet(null, new Raised(name, now))
                && now - first.get().at() >= SAME_WISH) {
            Runtime.getRuntime().halt(IMPATIENT);
        }
        came.countDown();
    }
}
