package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.net.Sweep;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Two sides and what has become of them. A pair relays until both sides have ended, one is lost, or it is stopped; if
 * one is lost while the other has bytes on their way to it, the other survives it for these, for a second at most.
 */
final class ChannelPair implements Relaying, Sweep.Watched {
    /** How long the survivor may take for its last bytes. */
    private static final long LAST_BYTES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ChannelSide client;
    private final ChannelSide upstream;
    private final Sweep.Watch watch;
    private final RelayTimeouts timeouts;
    private final Promise<RelayEnd> end;
    private final long startedAt = System.nanoTime();
    private long movedAt = startedAt;
    private long lostAt;
    /** What to report, by the side that was lost or else ended first; null while neither has happened. */
    private CloseReason reason;
    /** The side that gets its last bytes; null while there are two. */
    private ChannelSide survivor;

    private boolean over;

    ChannelPair(DuplexChannel client, DuplexChannel upstream, Sweep sweep, RelayTimeouts timeouts) {
        this.client = new ChannelSide(this, client, CloseReason.CLIENT_FIN, CloseReason.CLIENT_RESET);
        this.upstream = new ChannelSide(this, upstream, CloseReason.UPSTREAM_FIN, CloseReason.UPSTREAM_RESET);
        this.client.peer = this.upstream;
        this.upstream.peer = this.client;
        this.timeouts = timeouts;
        this.end = client.eventLoop().newPromise();
        this.watch = sweep.add(this);
    }

    void start(ByteBuf first) {
        client.join();
        upstream.join();
        upstream.write(first);
        upstream.channel.flush();
        client.open();
        upstream.open();
    }

    boolean relaying() {
        return survivor == null && !over;
    }

    void moved() {
        movedAt = System.nanoTime();
    }

    void ended(ChannelSide side) {
        moved();
        if (!side.peer.ended) {
            reason = side.fin;
        }
    }

    void drained(ChannelSide side) {
        if (side == survivor) {
            finish(reason, true);
        } else if (side.peer.ended) {
            side.shutdownOutput();
        }
    }

    void shutDown() {
        if (client.shutDown && upstream.shutDown) {
            finish(reason, false);
        }
    }

    void failed(ChannelSide side, Throwable cause) {
        if (cause instanceof IOException) {
            lost(side);
        } else {
            finish(CloseReason.INTERNAL, true);
        }
    }

    /** The side was reset, or is closed for a reason that comes to the same. May be told more than once. */
    void lost(ChannelSide side) {
        if (relaying()) {
            reason = side.reset;
            lostAt = System.nanoTime();
            survivor = side.peer;
            side.close(true);
            survivor.takeLastBytes();
        } else if (side == survivor) {
            finish(reason, true);
        }
    }

    @Override
    public void tick(long now) {
        if (relaying()) {
            timeouts.over(now - startedAt, now - movedAt, reason != null).ifPresent(why -> finish(why, true));
        } else if (now - lostAt >= LAST_BYTES_NANOS) {
            finish(reason, true);
        }
    }

    @Override
    public void stop(CloseReason why) {
        finish(survivor == null ? why : reason, why == CloseReason.KILLED || client.unsent + upstream.unsent > 0);
    }

    private void finish(CloseReason why, boolean reset) {
        if (over) {
            return;
        }
        over = true;
        watch.end();
        client.close(reset);
        upstream.close(reset);
        end.setSuccess(endedBy(why));
    }

    @Override
    public Future<RelayEnd> end() {
        return end;
    }

    @Override
    public long bytesUp() {
        return upstream.sent;
    }

    @Override
    public long bytesDown() {
        return client.sent;
    }

    @Override
    public RelayEnd.Kind kind() {
        return RelayEnd.Kind.COPY;
    }
}
