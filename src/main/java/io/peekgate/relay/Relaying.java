package io.peekgate.relay;

import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;

/** One relay at work. To be used on its channels' event loop only. */
public interface Relaying {
    /**
     * How it ended; always a success. By then both channels are closed or being closed: with FIN if both directions
     * were complete or a {@link #stop} cut nothing off, else with RST, lest a truncated stream look complete.
     */
    Future<RelayEnd> end();

    /**
     * Ends it now: with RST on both sides if it is killed, so that neither takes what was cut off for a whole, or if
     * bytes were still to be written to either; else with FIN. Without effect if it has ended; if a side was reset and
     * the other is getting its last bytes, that stays the reason.
     *
     * @param why of phase {@link CloseReason.Phase#ENDED}
     */
    void stop(CloseReason why);

    /** Bytes written to the server so far. */
    long bytesUp();

    /** Bytes written to the client so far. */
    long bytesDown();

    /** How bytes were moved so far. */
    RelayEnd.Kind kind();

    /** What its end would be if it were now. */
    default RelayEnd endedBy(CloseReason why) {
        return new RelayEnd(why, bytesUp(), bytesDown(), kind());
    }
}
