package io.peekgate.model;

import java.util.Locale;

/**
 * How a relay ended.
 *
 * @param reason of phase {@link CloseReason.Phase#ENDED}
 * @param bytesUp bytes written to the server
 * @param bytesDown bytes written to the client
 * @param kind how the bytes were moved
 */
public record RelayEnd(CloseReason reason, long bytesUp, long bytesDown, Kind kind) {

    /** How bytes were moved. */
    public enum Kind {
        COPY,
        SPLICE;

        /** The word in logs and meters. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
