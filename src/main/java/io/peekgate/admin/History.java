package io.peekgate.admin;

import io.peekgate.report.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was counted in each of the last intervals. */
final class History {
    static final Duration INTERVAL = Duration.ofSeconds(2);
    static final int MOST = 150;

    private final Tally tally;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Tally.Counts before;

    /**
     * One interval.
     *
     * @param time when it ended
     * @param counts of the interval, but for those that were active at its end
     */
    record Sample(Instant time, Tally.Counts counts) {}

    History(Tally tally) {
        this.tally = tally;
        this.before = tally.counts();
    }

    /** Ends an interval. */
    synchronized void sample() {
        Tally.Counts now = tally.counts();
        if (samples.size() == MOST) {
            samples.removeFirst();
        }
        samples.addLast(new Sample(Instant.now(), now.since(before)));
        before = now;
    }

    /** Oldest first. */
    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }
}
