package io.peekgate.report;

import io.peekgate.model.SessionReport;

/**
 * Hears of every connection, on its event loop: implementations must not block. One instance hears all loops, so it
 * must be safe for use by many threads.
 */
public interface SessionObserver {
    /** A connection was accepted. */
    default void opened() {}

    /** A connection is over; heard exactly once for each {@link #opened()}. */
    void closed(SessionReport report);
}
