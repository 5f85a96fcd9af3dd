package io.peekgate.net;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Watches over everything on one event loop that may run out of time, by looking at each every tick: one timer a loop
 * instead of one a connection. It ticks only while there is something to watch. To be used on its loop only.
 */
public final class Sweep {
    /** Something that may run out of time. */
    public interface Watched {
        /**
         * Looks at the clock and acts if the time is over; may remove itself or others.
         *
         * @param now {@link System#nanoTime()}
         */
        void tick(long now);
    }

    private final EventLoop loop;
    private final long tickNanos;
    private final Set<Watched> watched = new LinkedHashSet<>();
    private boolean ticking;

    /**
     * @param tickNanos how often to look, and so how late a timeout may be noticed
     */
    public Sweep(EventLoop loop, long tickNanos) {
        this.loop = loop;
        this.tickNanos = tickNanos;
    }

    /** Begins to watch; {@code item} is known by its identity or equality. */
    public void add(Watched item) {
        watched.add(item);
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    /** Ceases to watch; unknown items are ignored. */
    public void remove(Watched item) {
        watched.remove(item);
    }

    private void schedule() {
        loop.schedule(this::tick, tickNanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        new ArrayList<>(watched).forEach(item -> look(item, now));
        ticking = !watched.isEmpty();
        if (ticking) {
            schedule();
        }
    }

    /** One that fails must not keep the others from being looked at; thrown in a task of its own, Netty logs it. */
    private void look(Watched item, long now) {
        try {
            item.tick(now);
        } catch (RuntimeException e) {
            loop.execute(() -> {
                throw e;
            });
        }
    }
}
