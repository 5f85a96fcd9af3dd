package io.peekgate.report;

import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for every closed connection, and nothing else, on the stream it is given. It never holds up a connection: a
 * stream that cannot keep up loses lines, which are counted and told of on the server log.
 */
public final class AccessLog implements SessionObserver, AutoCloseable {
    /** Which connections get a line. */
    public enum Access {
        ALL,
        /** Those that did not pass. */
        DROPS,
        OFF;

        private boolean wants(CloseReason reason) {
            return switch (this) {
                case ALL -> true;
                case DROPS -> reason.action() != CloseReason.Action.PASS;
                case OFF -> false;
            };
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private volatile Access access;
    private final LineQueue<SessionReport> lines;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    /**
     * @param out gets the lines, each flushed at once, and is not closed. Best the bare
     *     {@code FileOutputStream(FileDescriptor.out)}: a {@code PrintStream} hides failures, so that what it loses is
     *     not counted
     */
    public AccessLog(OutputStream out, Format format, Access access) {
        this.access = access;
        this.lines = new LineQueue<>("access", out, format::line, this::warnOfLoss);
    }

    /** Changes which connections get a line, from now on. */
    public void write(Access other) {
        access = other;
    }

    @Override
    public void closed(SessionReport report) {
        if (access.wants(report.reason())) {
            lines.doAppend(report);
        }
    }

    /** How many lines were lost so far, because the stream could not keep up or failed. */
    public long lost() {
        return lines.lost();
    }

    /** Writes what waits, for at most 5 s. To be called after the last connection closed, and before the server log ends. */
    @Override
    public void close() {
        lines.stop();
        if (lost() > 0) {
            LOG.warn("The access log lost {} lines in all", lost());
        }
    }

    private void warnOfLoss() {
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARN_EVERY_NANOS)) {
            LOG.warn("The access log cannot keep up: {} lines lost so far. Look at what reads standard output", lost());
        }
    }
}
