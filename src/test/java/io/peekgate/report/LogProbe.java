package io.peekgate.report;

import io.peekgate.model.SessionReport;
import io.peekgate.report.AccessLog.Access;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A process that sets up logs as the gateway does, says one thing on each, and how long the setting up took. */
final class LogProbe {
    private LogProbe() {}

    /** The format is the argument. */
    public static void main(String[] args) {
        Format format = Format.valueOf(args[0]);
        SessionReport report = Reports.misuse();
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        long begun = System.nanoTime();
        try (Logging logging = Logging.start("info", format, err);
                AccessLog access = new AccessLog(out, format, Access.ALL);
                MisuseWarnings warnings = new MisuseWarnings()) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
            LoggerFactory.getLogger(LogProbe.class).info("set up in {} us", micros);
            SessionObserver.all(List.of(access, warnings)).closed(report);
        }
    }
}
