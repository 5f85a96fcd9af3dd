package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Work that threads of its own repeat at a steady rate until this is closed, or until a turn fails. */
public final class Pace implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    /** A turn of some work. */
    public interface Turn {
        void take() throws Exception;
    }

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ScheduledExecutorService threads;

    /** @param most so many turns at the same time */
    public Pace(int most) {
        threads = Executors.newScheduledThreadPool(most);
    }

    /** Begins to repeat all of these, so often that together they make this many turns a second. */
    public Pace repeat(int perSecond, List<Turn> turns) {
        long period = turns.size() * TimeUnit.SECONDS.toMicros(1) / perSecond;
        turns.forEach(turn -> threads.scheduleAtFixedRate(() -> take(turn), 0, period, TimeUnit.MICROSECONDS));
        return this;
    }

    /** The first failure ends that work, and is told by {@link #close}. */
    private void take(Turn turn) {
        try {
            turn.take();
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            throw new IllegalStateException(e);
        }
    }

    /** Lets it go on for so long. */
    public void hold(Duration time) throws Exception {
        threads.schedule(() -> {}, time.toMillis(), TimeUnit.MILLISECONDS).get();
    }

    /** Lets the turns that were begun come to their end; fails if one ever failed. */
    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(failure.get()).isNull();
    }
}
