package io.peekgate.testkit;

import io.peekgate.model.SessionReport;
import io.peekgate.report.SessionObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Keeps every report until a test takes it, and counts. */
public final class RecordingObserver implements SessionObserver {
    private static final int SECONDS = 10;

    private final BlockingQueue<SessionReport> reports = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public void opened(String listener) {
        opened.incrementAndGet();
    }

    @Override
    public void closed(SessionReport report) {
        closed.incrementAndGet();
        reports.add(report);
    }

    /** How many connections were ever accepted. */
    public int openedSoFar() {
        return opened.get();
    }

    /** How many reports ever came. */
    public int closedSoFar() {
        return closed.get();
    }

    /**
     * Waits until so many connections have been accepted since the start.
     *
     * @throws RuntimeException if it takes more than 10 s
     */
    public void awaitOpened(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(SECONDS)).until(() -> opened.get() >= count);
    }

    /**
     * The next report, in the order of the connections' ends.
     *
     * @throws AssertionError if none comes within 10 s
     */
    public SessionReport awaitOne() {
        try {
            SessionReport report = reports.poll(SECONDS, TimeUnit.SECONDS);
            if (report == null) {
                throw new AssertionError("no report within " + SECONDS + " s");
            }
            return report;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next reports, each awaited like {@link #awaitOne()}. */
    public List<SessionReport> await(int count) {
        return Stream.generate(this::awaitOne).limit(count).toList();
    }

    /** Reports that have come and that no test has taken. */
    public List<SessionReport> untaken() {
        return List.copyOf(reports);
    }
}
