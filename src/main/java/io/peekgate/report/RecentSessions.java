package io.peekgate.report;

import io.peekgate.model.ServerName;
import io.peekgate.model.SessionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The last connections that ended, each with a number, in a ring: an event loop takes the next number and puts it into the
 * slot that is due, and waits for nobody. Who reads finds in the slot which number it holds: an older one if its loop is
 * just about to store, a newer one if the ring has come round meanwhile.
 */
public final class RecentSessions implements SessionObserver {
    /** More than one in each microsecond there will not be, so a later run's numbers are greater. */
    private static final long FIRST = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());

    private final AtomicReferenceArray<Numbered> slots;
    private final AtomicLong next = new AtomicLong(FIRST);

    /**
     * One of them.
     *
     * @param number one more than that of the one before, in this run
     */
    public record Numbered(long number, SessionReport report) {}

    /**
     * Some of them.
     *
     * @param sessions oldest first
     * @param missed how many came before these that the ring no longer has
     * @param next the number to go on with
     */
    public record Batch(List<Numbered> sessions, long missed, long next) {}

    /** @param capacity how many are kept; with 0 it must not observe */
    public RecentSessions(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    @Override
    public void closed(SessionReport report) {
        long number = next.getAndIncrement();
        slots.accumulateAndGet(slot(number), new Numbered(number, report), RecentSessions::newer);
    }

    /** A loop that was held up for a whole round must not bring back what the reader has passed. */
    private static Numbered newer(Numbered there, Numbered mine) {
        return there == null || there.number() < mine.number() ? mine : there;
    }

    private int slot(long number) {
        return (int) (number % slots.length());
    }

    /** How many are kept. */
    public int capacity() {
        return slots.length();
    }

    /** The number of the connection that ends next. */
    public long next() {
        return next.get();
    }

    /** Those that there are, but for such as give way while it is read. */
    public Stream<SessionReport> newestFirst() {
        return numbered().map(Numbered::report);
    }

    /** The same with their numbers. */
    public Stream<Numbered> numbered() {
        long end = next();
        return LongStream.rangeClosed(1, Math.min(slots.length(), end - FIRST))
                .map(back -> end - back)
                .mapToObj(this::find)
                .flatMap(Optional::stream);
    }

    /** The names that clients asked for, each once, the latest first. */
    public List<String> names() {
        return newestFirst()
                .flatMap(report -> report.hello().stream())
                .flatMap(hello -> hello.serverName().stream())
                .map(ServerName::value)
                .distinct()
                .toList();
    }

    private Optional<Numbered> find(long number) {
        Numbered there = slots.getAcquire(slot(number));
        return there == null || there.number() != number ? Optional.empty() : Optional.of(there);
    }

    /**
     * Those from a number on; none if it is not reached yet.
     *
     * @param number one that an earlier run gave stands for the first of this
     * @param most of how many
     */
    public Batch from(long number, int most) {
        long wanted = Math.max(number, FIRST);
        long at = Math.max(wanted, next() - slots.length());
        long missed = at - wanted;
        List<Numbered> found = new ArrayList<>();
        for (; at < next() && found.size() < most; at++) {
            Numbered there = slots.getAcquire(slot(at));
            if (there == null || there.number() < at) {
                break;
            } else if (there.number() == at) {
                found.add(there);
            } else {
                missed++;
            }
        }
        return new Batch(List.copyOf(found), missed, at);
    }
}
