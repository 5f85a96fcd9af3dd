package io.peekgate.model;

import java.util.Locale;

/**
 * A connection that is not over.
 *
 * @param phase what it is at
 * @param soFar what its report would be if it were killed now
 */
public record LiveSession(Phase phase, SessionReport soFar) {

    /** The stages that take their time. */
    public enum Phase {
        PEEK,
        DNS,
        CONNECT,
        RELAY;

        /** The word in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
