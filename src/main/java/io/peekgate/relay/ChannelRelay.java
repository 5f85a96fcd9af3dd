package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;

/**
 * The relay for every transport, and the reference for any other: a buffer read from one channel is handed to the
 * other, uncopied.
 *
 * <p>A side is not read while the other has more than the high water mark to write. An exception is a FIN or RST that
 * arrives meanwhile on epoll or kqueue: Netty then reads all that the socket holds, so what waits is bounded by the
 * socket's receive buffer instead. On NIO a RST is noticed only once its side is read or written again.
 */
public final class ChannelRelay implements Relay {
    private final PerLoop<Sweep> sweeps;
    private final RelayTimeouts timeouts;

    public ChannelRelay(PerLoop<Sweep> sweeps, RelayTimeouts timeouts) {
        this.sweeps = sweeps;
        this.timeouts = timeouts;
    }

    @Override
    public Relaying start(Channel client, Channel upstream, ByteBuf first) {
        ChannelPair pair = new ChannelPair(
                (DuplexChannel) client, (DuplexChannel) upstream, sweeps.of(client.eventLoop()), timeouts);
        pair.start(first);
        return pair;
    }
}
