package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Joins a client's connection and a server's into one, so that each sees of the other what it would see without a
 * gateway between: every byte in order, back-pressure, FIN only after the last byte and for each direction by itself,
 * and RST as RST. {@code RelayContract} among the tests says this in full.
 */
public interface Relay {
    /**
     * Begins to relay. From here on the relay owns both channels: it alone reads, writes, half-closes and closes them.
     * To be called on their event loop, in the turn in which the last bytes were read, since what arrives at a channel
     * that no handler reads is lost.
     *
     * @param client a stream socket's channel that allows half-closure and has autoRead off; its input may be shut
     *     down, and it may be closed already
     * @param upstream the same towards the server, on the same event loop
     * @param first what was read from the client so far, to be sent before anything else; owned by the relay from now
     *     on, whatever happens
     */
    Relaying start(Channel client, Channel upstream, ByteBuf first);

    /** How many pipes are lent to relays now; safe to ask from any thread. */
    default int pipes() {
        return 0;
    }
}
