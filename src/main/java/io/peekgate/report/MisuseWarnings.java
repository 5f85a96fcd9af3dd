package io.peekgate.report;

import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.SessionReport;
import io.peekgate.net.Addresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns on the server log where somebody should change something: a client that takes the gateway for something else, a
 * rule or a DNS entry that cannot work, an error of our own. Names that a policy drops, silence and missing SNI are
 * everyday noise and get no warning. Each reason is told once an interval for each source address (IPv6: each /64
 * network); what was suppressed meanwhile is counted and told with the next warning, or by {@link #flush}.
 */
public final class MisuseWarnings implements SessionObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MisuseWarnings.class);
    private static final Set<CloseReason> WARNED = EnumSet.of(
            CloseReason.HTTP_CONNECT,
            CloseReason.HTTP_ABSOLUTE,
            CloseReason.HTTP_PLAIN,
            CloseReason.SOCKS,
            CloseReason.PROXY_HEADER,
            CloseReason.SSH,
            CloseReason.SSLV2,
            CloseReason.DTLS,
            CloseReason.TLS_NOT_HELLO,
            CloseReason.NOT_TLS,
            CloseReason.RULE_ERROR,
            CloseReason.DESTINATION_DENIED,
            CloseReason.LOOP,
            CloseReason.INTERNAL);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int IPV6_NETWORK_BYTES = 8;

    /** How many reasons and sources are known at a time; a flood from more than that is told of as one number. */
    static final int MAX_KNOWN = 1000;

    private record Key(CloseReason reason, String network) {}

    /**
     * @param since when its warning was written
     * @param suppressed how many came after that
     * @param suppressedBefore how many had come between the warning before and this one
     */
    private record Told(long since, long suppressed, long suppressedBefore) {}

    private final long interval;
    private final LongSupplier clock;
    private final ConcurrentHashMap<Key, Told> told = new ConcurrentHashMap<>();
    private final LongAdder unknown = new LongAdder();
    private final AtomicLong nextFlush;

    /** Warns at most every 10 s. */
    public MisuseWarnings() {
        this(INTERVAL, System::nanoTime);
    }

    /**
     * @param interval how often the same warning is written at most
     * @param clock nanoseconds, as {@link System#nanoTime()}
     */
    public MisuseWarnings(Duration interval, LongSupplier clock) {
        this.interval = interval.toNanos();
        this.clock = clock;
        this.nextFlush = new AtomicLong(clock.getAsLong() + this.interval);
    }

    @Override
    public void closed(SessionReport report) {
        CloseReason reason = report.end().map(RelayEnd::reason).orElse(report.reason());
        if (WARNED.contains(reason)) {
            long now = clock.getAsLong();
            hear(new Key(reason, network(report.source().getAddress())), report, now);
            flushIfDue(now);
        }
    }

    /** Tells what was suppressed and has waited for an interval; for a timer, so that it is told in quiet times too. */
    public void flush() {
        flush(clock.getAsLong() - interval);
    }

    /** Tells all that was suppressed. To be called before the server log ends. */
    @Override
    public void close() {
        flush(clock.getAsLong());
    }

    private void hear(Key key, SessionReport report, long now) {
        if (told.size() >= MAX_KNOWN && !told.containsKey(key)) {
            unknown.increment();
            return;
        }
        Told current = told.compute(key, (k, before) -> next(before, now));
        if (current.suppressed == 0) {
            warn(key.reason, report, current.suppressedBefore);
        }
    }

    private Told next(Told before, long now) {
        if (before == null) {
            return new Told(now, 0, 0);
        }
        return now - before.since >= interval
                ? new Told(now, 0, before.suppressed)
                : new Told(before.since, before.suppressed + 1, before.suppressedBefore);
    }

    private static void warn(CloseReason reason, SessionReport report, long suppressed) {
        LOG.warn(
                "{} on {}: {} {} [{}, id {}{}]",
                Addresses.text(report.source()),
                report.listener(),
                sentence(reason, report.detail()),
                reason.advice(),
                reason.code(),
                report.id(),
                suppressed == 0 ? "" : ", suppressed " + suppressed);
    }

    /** The reason's sentence, with the detail before its full stop. */
    private static String sentence(CloseReason reason, String detail) {
        String sentence = reason.sentence();
        return detail.isEmpty() ? sentence : sentence.substring(0, sentence.length() - 1) + " (" + detail + ").";
    }

    private void flushIfDue(long now) {
        long due = nextFlush.get();
        if (now - due >= 0 && nextFlush.compareAndSet(due, now + interval)) {
            flush(now - interval);
        }
    }

    private void flush(long until) {
        told.forEach((key, state) -> {
            if (until - state.since >= 0 && told.remove(key, state) && state.suppressed > 0) {
                LOG.warn("{}: suppressed {} more warnings [{}]", key.network, state.suppressed, key.reason.code());
            }
        });
        long others = unknown.sumThenReset();
        if (others > 0) {
            LOG.warn("suppressed {} warnings about other sources", others);
        }
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length <= IPV6_NETWORK_BYTES) {
            return Addresses.text(address);
        }
        Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return Addresses.text(InetAddress.getByAddress(bytes)) + "/64";
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }
}
