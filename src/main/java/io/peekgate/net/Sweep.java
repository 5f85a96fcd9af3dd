package io.peekgate.net;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Watches over everything on one event loop that may run out of time, by looking at each every tick: one timer a loop
 * instead of one a connection. It ticks only while there is something to watch. To be used on its loop only.
 */
public final class Sweep {
    /** Something that may run out of time. */
    public interface Watched {
        /**
         * Looks at the clock and acts if the time is over; may end its own watch or others'.
         *
         * @param now {@link System#nanoTime()}
         */
        void tick(long now);
    }

    /** One thing being watched. */
    public final class Watch {
        private final Watched watched;
        private int place;

        private Watch(Watched watched, int place) {
            this.watched = watched;
            this.place = place;
        }

        /** Ceases to watch; without effect if it has ended. The last one takes its place, so that none need move up. */
        public void end() {
            if (place >= 0) {
                Watch last = watches.remove(watches.size() - 1);
                if (last != this) {
                    watches.set(place, last);
                    last.place = place;
                }
                place = -1;
            }
        }
    }

    private final EventLoop loop;
    private final long tickNanos;
    private final List<Watch> watches = new ArrayList<>();
    private boolean ticking;

    /**
     * @param tickNanos how often to look, and so how late a timeout may be noticed
     */
    public Sweep(EventLoop loop, long tickNanos) {
        this.loop = loop;
        this.tickNanos = tickNanos;
    }

    /** Whose it is. */
    public EventLoop loop() {
        return loop;
    }

    /** Begins to watch. */
    public Watch add(Watched watched) {
        Watch watch = new Watch(watched, watches.size());
        watches.add(watch);
        if (!ticking) {
            ticking = true;
            schedule();
        }
        return watch;
    }

    private void schedule() {
        loop.schedule(this::tick, tickNanos, TimeUnit.NANOSECONDS);
    }

    /** From the last to the first: whoever takes the place of one that ends was looked at already. */
    private void tick() {
        long now = System.nanoTime();
        for (int i = watches.size() - 1; i >= 0; i--) {
            if (i < watches.size()) {
                look(watches.get(i).watched, now);
            }
        }
        ticking = !watches.isEmpty();
        if (ticking) {
            schedule();
        }
    }

    /** One that fails must not keep the others from being looked at; thrown in a task of its own, Netty logs it. */
    private void look(Watched watched, long now) {
        try {
            watched.tick(now);
        } catch (RuntimeException | Error e) {
            loop.execute(() -> {
                throw e;
            });
        }
    }
}
