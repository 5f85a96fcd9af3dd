package io.peekgate.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server log, caught; it is whole once it is closed. */
final class ServerLog implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Logging logging;

    ServerLog() {
        this("info", Format.TEXT);
    }

    ServerLog(String level, Format format) {
        logging = Logging.start(level, format, out);
    }

    /** Ends the log and tells what it said. */
    List<String> lines() {
        close();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        logging.close();
    }
}
