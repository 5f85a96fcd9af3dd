package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Printable;
import io.peekgate.model.Refusal;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import java.io.IOException;
import java.time.Duration;

/** Reads a connection up to its whole ClientHello, within a deadline and a size, and not a read further. */
public final class Peeker {
    private final PerLoop<Sweep> sweeps;
    private final long timeoutNanos;
    private final HelloReader reader;

    /**
     * @param sweeps of the loops of all channels that will be peeked at; their tick is how late a timeout may be
     * @param timeout from accept to the whole hello
     * @param maxHello the largest handshake message to accept, its header included, in bytes
     * @param explainMisuse whether refusals carry an answer in the protocol that the client meant
     */
    public Peeker(PerLoop<Sweep> sweeps, Duration timeout, int maxHello, boolean explainMisuse) {
        this.sweeps = sweeps;
        this.timeoutNanos = timeout.toNanos();
        this.reader = new HelloReader(maxHello, explainMisuse);
    }

    /**
     * Begins to read. To be called on the channel's loop.
     *
     * @param client with autoRead off, nothing read from it yet
     * @param acceptedAtNanos {@link System#nanoTime()} at accept, from which the timeout counts
     * @return fails only with a {@link Refusal}
     */
    public Future<Peeked> peek(Channel client, long acceptedAtNanos) {
        Peek peek = new Peek(client, sweeps.of(client.eventLoop()), acceptedAtNanos + timeoutNanos);
        client.pipeline().addLast(peek);
        return peek.start();
    }

    /** One connection's peek: it owns the bytes until they are taken, the client is refused, or the channel closes. */
    private final class Peek extends ChannelInboundHandlerAdapter implements Sweep.Watched, Peeked {
        private final Channel client;
        private final long deadline;
        private final Sweep.Watch watch;
        private final Promise<Peeked> outcome;
        private final Promise<Void> broken;
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private ClientHello hello;

        Peek(Channel client, Sweep sweep, long deadline) {
            this.client = client;
            this.deadline = deadline;
            this.watch = sweep.add(this);
            this.outcome = client.eventLoop().newPromise();
            this.broken = client.eventLoop().newPromise();
        }

        Future<Peeked> start() {
            if (!client.isActive() || isInputShutdown()) {
                end(CloseReason.CLIENT_GONE);
            } else {
                client.read();
            }
            return outcome;
        }

        @Override
        public ClientHello hello() {
            return hello;
        }

        @Override
        public Future<Void> broken() {
            return broken;
        }

        @Override
        public ByteBuf take() {
            ByteBuf all = bytes;
            bytes = Unpooled.EMPTY_BUFFER;
            if (client.pipeline().context(this) != null) {
                client.pipeline().remove(this);
            }
            return all;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf more = (ByteBuf) message;
            if (outcome.cause() != null) {
                more.release();
                return;
            }
            bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), bytes, more);
            if (!outcome.isDone()) {
                reader.read(bytes).ifPresent(this::accept);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (!outcome.isDone()) {
                context.read();
            }
        }

        /** An end after the hello is not ours: the relay finds it at the socket. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                end(CloseReason.CLIENT_GONE);
            }
            context.fireUserEventTriggered(event);
        }

        /** Netty brings what this handler's own methods throw here, too. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                end(CloseReason.CLIENT_GONE);
            } else {
                refuse(asRefusal(cause));
            }
            broken.trySuccess(null);
        }

        /** Comes when the bytes are taken, and when the channel has closed. */
        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            end(CloseReason.CLIENT_GONE);
            release();
            broken.trySuccess(null);
        }

        @Override
        public void tick(long now) {
            if (now - deadline >= 0) {
                end(CloseReason.HELLO_TIMEOUT);
            }
        }

        private void accept(ClientHello whole) {
            hello = whole;
            watch.end();
            outcome.trySuccess(this);
        }

        /** No more bytes will be read: whoever began to make a mistake is still told which. */
        private void end(CloseReason otherwise) {
            if (outcome.isDone()) {
                return;
            }
            try {
                reader.end(bytes);
                refuse(new Refusal(otherwise, "after " + bytes.readableBytes() + " bytes"));
            } catch (RuntimeException e) {
                refuse(asRefusal(e));
            }
        }

        /** The handler stays, to discard what still comes. */
        private void refuse(Refusal why) {
            if (!outcome.isDone()) {
                watch.end();
                release();
                outcome.setFailure(why);
            }
        }

        private void release() {
            bytes.release();
            bytes = Unpooled.EMPTY_BUFFER;
        }

        private boolean isInputShutdown() {
            return client instanceof SocketChannel socket && socket.isInputShutdown();
        }
    }

    private static Refusal asRefusal(Throwable cause) {
        return cause instanceof Refusal refusal
                ? refusal
                : new Refusal(CloseReason.INTERNAL, Printable.of(String.valueOf(cause), 200));
    }
}
