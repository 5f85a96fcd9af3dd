package io.peekgate.report;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.peekgate.model.SessionReport;

/** The form of log lines, of the access log and of the server log alike. */
public enum Format {
    /** For people at a terminal. */
    TEXT,
    /** One JSON object a line. Jackson is loaded with the first line, not at start-up. */
    JSON;

    /** The access line of a connection, without the line's end. */
    public String line(SessionReport report) {
        return switch (this) {
            case TEXT -> AccessText.of(report);
            case JSON -> AccessJson.of(report);
        };
    }

    String line(ILoggingEvent event) {
        return switch (this) {
            case TEXT -> ServerLine.text(event);
            case JSON -> ServerLine.json(event);
        };
    }
}
