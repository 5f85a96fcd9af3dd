package io.peekgate.report;

import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.SessionReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts connections for whoever asks how many there were, at a few additions for each. */
public final class Tally implements SessionObserver {
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);
    private final LongAdder wouldDrop = new LongAdder();
    private final LongAdder bytesUp = new LongAdder();
    private final LongAdder bytesDown = new LongAdder();
    private final Phases phases = new Phases();

    public Tally() {
        Stream.of(CloseReason.values()).forEach(reason -> closed.put(reason, new LongAdder()));
    }

    /**
     * How many so far.
     *
     * @param reasons of those that are over; only reasons that there were
     * @param wouldDrop how many passed only because the policy observes
     * @param bytesUp to servers, of those that are over
     * @param bytesDown to clients, of those that are over
     */
    public record Counts(
            Map<CloseReason, Long> reasons,
            long wouldDrop,
            long bytesUp,
            long bytesDown,
            long peeking,
            long dialling,
            long relaying) {

        /** How many of these were not yet over then; those that are not over now are all the same. */
        public Counts since(Counts before) {
            Map<CloseReason, Long> more = new EnumMap<>(CloseReason.class);
            reasons.forEach((reason, count) -> more.put(reason, count - before.reasons.getOrDefault(reason, 0L)));
            more.values().removeIf(count -> count == 0);
            return new Counts(
                    more,
                    wouldDrop - before.wouldDrop,
                    bytesUp - before.bytesUp,
                    bytesDown - before.bytesDown,
                    peeking,
                    dialling,
                    relaying);
        }

        /** How many are not over. */
        public long active() {
            return peeking + dialling + relaying;
        }

        /** How many are over. */
        public long total() {
            return reasons.values().stream().mapToLong(Long::longValue).sum();
        }

        /** How many had this end. */
        public long of(CloseReason.Action action) {
            return reasons.entrySet().stream()
                    .filter(entry -> entry.getKey().action() == action)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    @Override
    public void opened(String listener) {
        phases.peek();
    }

    @Override
    public void dialling(String listener) {
        phases.dial();
    }

    @Override
    public void relaying(String listener) {
        phases.relay();
    }

    @Override
    public void closed(SessionReport report) {
        phases.closed(report);
        closed.get(report.reason()).increment();
        if (report.wouldDrop()) {
            wouldDrop.increment();
        }
        if (report.end().isPresent()) {
            RelayEnd end = report.end().get();
            bytesUp.add(end.bytesUp());
            bytesDown.add(end.bytesDown());
        }
    }

    /** What it has counted; while connections come and go, not all of one moment. */
    public Counts counts() {
        Map<CloseReason, Long> reasons = new EnumMap<>(CloseReason.class);
        closed.forEach((reason, count) -> reasons.put(reason, count.sum()));
        reasons.values().removeIf(count -> count == 0);
        return new Counts(
                reasons,
                wouldDrop.sum(),
                bytesUp.sum(),
                bytesDown.sum(),
                phases.peeking(),
                phases.dialling(),
                phases.relaying());
    }
}
