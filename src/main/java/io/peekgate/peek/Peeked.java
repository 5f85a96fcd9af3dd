package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.peekgate.model.ClientHello;

/** A connection that has sent its hello, and whose bytes are held until somebody takes them. */
public interface Peeked {
    /** What the client asks for. */
    ClientHello hello();

    /**
     * Ends the peek and hands over all bytes that have come, from the first; the caller releases them. Empty if they
     * were taken before, or if the channel has closed.
     */
    ByteBuf take();
}
