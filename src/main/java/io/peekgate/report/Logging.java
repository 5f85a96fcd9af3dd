package io.peekgate.report;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/**
 * The server log: what SLF4J's loggers say, on the stream it is given. Like the access log it never holds up its caller
 * and counts what it loses. Until {@link #start} nothing is logged.
 */
public final class Logging implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Logging.class);

    /** Whose lines tell who changed what. */
    private static final String AUDIT = "audit";

    private final LineQueue<ILoggingEvent> lines;

    private Logging(OutputStream err, Format format) {
        lines = new LineQueue<>("server", err, format::line, () -> {});
    }

    /**
     * Begins to log, in place of what was logged to before; one server log serves the whole process.
     *
     * @param level {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error} or {@code off}; anything else
     *     is taken for {@code info}. Netty speaks from {@code warn} on; who changed what is told at any level but off
     * @param err gets the lines, each flushed at once, and is not closed
     */
    public static Logging start(String level, Format format, OutputStream err) {
        Logging logging = new Logging(err, format);
        Logger root = root();
        root.detachAndStopAllAppenders();
        logging.setLevel(level);
        root.addAppender(logging.lines);
        return logging;
    }

    /** Changes the level, which is one of those of {@link #start}, from now on. */
    public void setLevel(String level) {
        Level from = Level.toLevel(level, Level.INFO);
        root().setLevel(from);
        root().getLoggerContext().getLogger(AUDIT).setLevel(from == Level.OFF ? from : Level.INFO);
        root().getLoggerContext().getLogger("io.netty").setLevel(from.isGreaterOrEqual(Level.WARN) ? from : Level.WARN);
    }

    /** Writes what waits, for at most 5 s, and ends the log. To be called last. */
    @Override
    public void close() {
        if (lines.lost() > 0) {
            LOG.warn("The server log lost {} lines", lines.lost());
        }
        root().detachAppender(lines);
        lines.stop();
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
