package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.peekgate.model.ClientHello;

/** A connection that has sent its hello, and whose bytes are held until somebody takes them. */
public interface Peeked {
    /** What the client asks for. */
    ClientHello hello();

    /**
     * Completes when the connection breaks while the bytes are held, which a FIN does not do; and once they are taken,
     * when it is of no interest any more. Netty may leave the channel of a client open that has reset.
     */
    Future<Void> broken();

    /**
     * Ends the peek and hands over all bytes that have come, from the first; the caller releases them. Empty if they
     * were taken before, or if the channel has closed.
     */
    ByteBuf take();
}
