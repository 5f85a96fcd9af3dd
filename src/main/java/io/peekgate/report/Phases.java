package io.peekgate.report;

import io.peekgate.model.SessionReport;
import java.util.concurrent.atomic.LongAdder;

/** How many connections are in which phase. Each knows only where it goes, so what it leaves is the phase before. */
final class Phases {
    private final LongAdder peeking = new LongAdder();
    private final LongAdder dialling = new LongAdder();
    private final LongAdder relaying = new LongAdder();

    void peek() {
        peeking.increment();
    }

    void dial() {
        peeking.decrement();
        dialling.increment();
    }

    void relay() {
        dialling.decrement();
        relaying.increment();
    }

    void closed(SessionReport report) {
        last(report).decrement();
    }

    /** Where it was when it ended. */
    private LongAdder last(SessionReport report) {
        if (report.upstream().isPresent()) {
            return relaying;
        }
        return report.times().dns() >= 0 ? dialling : peeking;
    }

    long peeking() {
        return sum(peeking);
    }

    long dialling() {
        return sum(dialling);
    }

    long relaying() {
        return sum(relaying);
    }

    /** While loops count, a sum may hold a decrement without the increment before it. */
    private static long sum(LongAdder count) {
        return Math.max(0, count.sum());
    }
}
