package io.peekgate.server;

import java.util.concurrent.TimeUnit;

/** At most so many in each second of the clock. */
final class AcceptRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long second = System.nanoTime();
    private int used;

    /**
     * @param perSecond 0 for no limit
     */
    AcceptRate(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean allows(long now) {
        return perSecond == 0 || take(now);
    }

    private synchronized boolean take(long now) {
        if (now - second >= SECOND) {
            second = now;
            used = 0;
        }
        return used++ < perSecond;
    }
}
