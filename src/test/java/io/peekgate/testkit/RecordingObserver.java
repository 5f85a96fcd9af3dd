package io.peekgate.testkit;

import io.peekgate.model.SessionReport;
import io.peekgate.report.SessionObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps every report until a test takes it. */
public final class RecordingObserver implements SessionObserver {
    private static final int SECONDS = 10;

    private final BlockingQueue<SessionReport> reports = new LinkedBlockingQueue<>();

    @Override
    public void closed(SessionReport report) {
        reports.add(report);
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
