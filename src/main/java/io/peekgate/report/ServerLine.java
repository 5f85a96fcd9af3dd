package io.peekgate.report;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * A line of the server log. Messages may carry text from the wire, so they are escaped, and cannot forge a second line;
 * only stack traces go over several.
 */
final class ServerLine {
    private static final String OURS = "io.peekgate";

    private ServerLine() {}

    /** As in {@code 2026-11-21T12:00:00.123Z WARN  peekgate: message}. */
    static String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160)
                .append(Plain.time(event.getInstant()))
                .append(' ')
                .append(String.format("%-5s", event.getLevel()))
                .append(' ')
                .append(logger(event))
                .append(": ")
                .append(Plain.ascii(event.getFormattedMessage()));
        if (event.getThrowableProxy() != null) {
            trace(line.append('\n'), event.getThrowableProxy());
        }
        return line.toString();
    }

    /** With {@code time level logger message thrown}. */
    static String json(ILoggingEvent event) {
        StringBuilder thrown = new StringBuilder();
        if (event.getThrowableProxy() != null) {
            trace(thrown, event.getThrowableProxy());
        }
        return new JsonObject()
                .text("time", Plain.time(event.getInstant()))
                .text("level", event.getLevel().toString())
                .text("logger", logger(event))
                .text("message", event.getFormattedMessage())
                .text("thrown", thrown.toString())
                .end();
    }

    /** Which of our classes spoke does not matter to the reader; which library did, does. */
    private static String logger(ILoggingEvent event) {
        String name = event.getLoggerName();
        return name.startsWith(OURS) ? "peekgate" : Plain.ascii(name);
    }

    private static void trace(StringBuilder out, IThrowableProxy thrown) {
        out.append(thrown.getClassName());
        if (thrown.getMessage() != null) {
            out.append(": ").append(Plain.ascii(thrown.getMessage()));
        }
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        for (int i = 0; i < frames.length - thrown.getCommonFrames(); i++) {
            out.append("\n\t").append(Plain.ascii(frames[i].getSTEAsString()));
        }
        for (IThrowableProxy suppressed : thrown.getSuppressed()) {
            trace(out.append("\nSuppressed: "), suppressed);
        }
        if (thrown.getCause() != null) {
            trace(out.append("\nCaused by: "), thrown.getCause());
        }
    }
}
