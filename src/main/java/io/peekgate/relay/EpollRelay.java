package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;

/**
 * The relay for Linux: both sockets leave their channels, and from then on bytes are moved between the descriptors
 * themselves, copied through one buffer a loop while they are few, spliced through a borrowed pipe while they are many.
 * An idle pair holds two descriptors and a few small objects: no channel, no buffer, no pipe.
 */
public final class EpollRelay implements Relay {
    private static final int PIPES = 256;

    private final PerLoop<EpollLoop> perLoop;
    private final RelayTimeouts timeouts;

    /**
     * @param sweeps of epoll loops, on one of which each pair's channels are registered
     * @param splices whether to splice at all
     */
    public EpollRelay(PerLoop<Sweep> sweeps, RelayTimeouts timeouts, boolean splices) {
        this(sweeps.map(sweep -> new EpollLoop(sweep, splices, PIPES)), timeouts);
    }

    EpollRelay(PerLoop<EpollLoop> perLoop, RelayTimeouts timeouts) {
        this.perLoop = perLoop;
        this.timeouts = timeouts;
    }

    /** As each loop left it last, which another thread may see a little late. */
    @Override
    public int pipes() {
        int lent = 0;
        for (EpollLoop loop : perLoop.all()) {
            lent += loop.pipes().lent();
        }
        return lent;
    }

    @Override
    public Relaying start(Channel client, Channel upstream, ByteBuf first) {
        EpollPair pair = new EpollPair(perLoop.of(client.eventLoop()), timeouts, client, upstream);
        pair.start(client, upstream, first);
        return pair;
    }
}
