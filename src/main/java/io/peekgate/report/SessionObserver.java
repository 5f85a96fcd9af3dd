package io.peekgate.report;

import io.peekgate.model.SessionReport;
import java.util.List;

/**
 * Hears of every connection, on its event loop: implementations must not block. One instance hears all loops, so it
 * must be safe for use by many threads.
 */
public interface SessionObserver {
    /** A connection was accepted at this listener. */
    default void opened(String listener) {}

    /** One that was opened knows its target, and begins to look for it; at most once for each. */
    default void dialling(String listener) {}

    /** One that was dialling has reached its server; at most once for each. */
    default void relaying(String listener) {}

    /** A connection is over; heard exactly once for each {@link #opened}. */
    void closed(SessionReport report);

    /** All of these as one, in their order; one that throws is logged and keeps none of the others from hearing. */
    static SessionObserver all(List<SessionObserver> observers) {
        return new Observers(observers);
    }
}
