package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.net.Sweep;
import java.util.concurrent.TimeUnit;

/**
 * Two sockets and the two flows between them. Every event of either socket runs the whole pair: pump both flows, then
 * judge whether that was the end.
 */
final class EpollPair implements Relaying, Sweep.Watched {
    private static final long FLUSH = TimeUnit.SECONDS.toNanos(1);

    private final EpollLoop loop;
    private final RelayTimeouts timeouts;
    private final EpollSide client;
    private final EpollSide upstream;
    private final EpollFlow up;
    private final EpollFlow down;
    private final Promise<RelayEnd> end;
    private final long start = System.nanoTime();
    private long lastMove = start;
    private long progressThen;
    private boolean begun;
    private Sweep.Watch watch;
    private CloseReason firstFin;
    private CloseReason dying;
    private long flushUntil;

    EpollPair(EpollLoop loop, RelayTimeouts timeouts, Channel client, Channel upstream) {
        this.loop = loop;
        this.timeouts = timeouts;
        this.client = new EpollSide(socketOf(client), this);
        this.upstream = new EpollSide(socketOf(upstream), this);
        this.up = new EpollFlow(loop, this.client, this.upstream);
        this.down = new EpollFlow(loop, this.upstream, this.client);
        this.end = client.eventLoop().newPromise();
    }

    /** The channel's own object for its descriptor, so that it can be closed but once, whoever does it. */
    private static Socket socketOf(Channel channel) {
        return (Socket) ((UnixChannel) channel).fd();
    }

    /** Sends what was read already, and takes both sockets from their channels. */
    void start(Channel clientChannel, Channel upstreamChannel, ByteBuf first) {
        up.carry(first);
        if (clientChannel.isOpen() && upstreamChannel.isOpen()) {
            up.settle();
        }
        leave(clientChannel, up);
        leave(upstreamChannel, down).addListener(left -> begin(clientChannel, upstreamChannel));
    }

    /** Until a channel has left the loop, epoll may still make it read. */
    private static Future<Void> leave(Channel channel, EpollFlow flow) {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                flow.carry((ByteBuf) bytes);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                // the channel closes, which is looked for once it has left
            }
        });
        return channel.deregister();
    }

    private void begin(Channel clientChannel, Channel upstreamChannel) {
        begun = true;
        if (!clientChannel.isOpen()) {
            finish(CloseReason.CLIENT_RESET, true);
        } else if (!upstreamChannel.isOpen()) {
            finish(CloseReason.UPSTREAM_RESET, true);
        } else if (dying != null) {
            halt(dying);
        } else {
            IoEventLoop events = (IoEventLoop) clientChannel.eventLoop();
            watch = loop.sweep().add(this);
            client.register(events);
            upstream.register(events);
        }
    }

    /** Does what can be done now. Nothing may be thrown from here: the loop would sleep for a second. */
    void run() {
        if (end.isDone()) {
            return;
        }
        try {
            move();
            judge();
        } catch (RuntimeException | Error e) {
            finish(CloseReason.INTERNAL, true);
        }
    }

    private void move() {
        if (dying == null) {
            up.pump();
            down.pump();
        } else {
            up.settle();
            down.settle();
        }
    }

    private void judge() {
        client.settleError();
        upstream.settleError();
        noteFin();
        if (client.isBroken()) {
            die(CloseReason.CLIENT_RESET);
        } else if (upstream.isBroken()) {
            die(CloseReason.UPSTREAM_RESET);
        } else if (up.isComplete() && down.isComplete()) {
            finish(firstFin, false);
        } else {
            passFinsOn();
        }
    }

    private void noteFin() {
        if (firstFin == null && (client.hasEnded() || upstream.hasEnded())) {
            firstFin = client.hasEnded() ? CloseReason.CLIENT_FIN : CloseReason.UPSTREAM_FIN;
        }
    }

    private void passFinsOn() {
        if (up.isComplete()) {
            up.passFinOn();
        }
        if (down.isComplete()) {
            down.passFinOn();
        }
    }

    /** One side is gone: the other may have what is in flight for it, for a while, and then is reset as well. */
    private void die(CloseReason why) {
        if (dying == null) {
            dying = why;
            flushUntil = System.nanoTime() + FLUSH;
        }
        if ((up.isSettled() || upstream.isBroken()) && (down.isSettled() || client.isBroken())) {
            finish(dying, true);
        }
    }

    @Override
    public void tick(long now) {
        if (dying != null) {
            if (now - flushUntil >= 0) {
                finish(dying, true);
            }
            return;
        }
        long progress = up.moved() + down.moved() + (firstFin == null ? 0 : 1);
        if (progress != progressThen) {
            progressThen = progress;
            lastMove = now;
        }
        timeouts.over(now - start, now - lastMove, firstFin != null).ifPresent(reason -> finish(reason, true));
    }

    @Override
    public void stop(CloseReason why) {
        if (end.isDone() || dying != null) {
            return;
        }
        if (begun) {
            halt(why);
        } else {
            dying = why; // the sockets are not ours yet
        }
    }

    private void halt(CloseReason why) {
        finish(why, why == CloseReason.KILLED || !up.isSettled() || !down.isSettled());
    }

    /** Ends it with its loop, whatever it is at. */
    void abandon() {
        if (!end.isDone()) {
            finish(dying == null ? CloseReason.SHUTDOWN : dying, true);
        }
    }

    private void finish(CloseReason reason, boolean reset) {
        if (watch != null) {
            watch.end();
        }
        client.close(reset);
        upstream.close(reset);
        up.release();
        down.release();
        end.trySuccess(endedBy(reason));
    }

    @Override
    public Future<RelayEnd> end() {
        return end;
    }

    @Override
    public long bytesUp() {
        return up.moved();
    }

    @Override
    public long bytesDown() {
        return down.moved();
    }

    @Override
    public RelayEnd.Kind kind() {
        return up.hasSpliced() || down.hasSpliced() ? RelayEnd.Kind.SPLICE : RelayEnd.Kind.COPY;
    }
}
