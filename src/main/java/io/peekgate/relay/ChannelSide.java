package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;

/**
 * One end of a {@link ChannelPair}: what its channel reads, its peer writes. It tells the pair what happens to it, and
 * leaves to the pair what that means for both.
 */
final class ChannelSide extends ChannelInboundHandlerAdapter {
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

    private final ChannelPair pair;
    final DuplexChannel channel;
    final CloseReason fin;
    final CloseReason reset;
    ChannelSide peer;
    /** Bytes written to it. */
    long sent;
    /** Bytes on their way to it. */
    long unsent;
    /** Its FIN has come. */
    boolean ended;
    /** The peer's FIN has been passed on to it. */
    boolean shutDown;

    ChannelSide(ChannelPair pair, DuplexChannel channel, CloseReason fin, CloseReason reset) {
        this.pair = pair;
        this.channel = channel;
        this.fin = fin;
        this.reset = reset;
    }

    void join() {
        channel.config().setWriteBufferWaterMark(UNSENT);
        channel.pipeline().addLast(this);
    }

    /** Asks for what was fired before this handler was there. */
    void open() {
        if (!channel.isActive()) {
            pair.lost(this);
        } else if (channel.isInputShutdown()) {
            end();
        } else {
            channel.config().setAutoRead(pair.relaying());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (pair.relaying()) {
            pair.moved();
            peer.write((ByteBuf) bytes);
            holdBack();
        } else {
            ReferenceCountUtil.release(bytes);
        }
    }

    private void holdBack() {
        if (!peer.channel.isWritable()) {
            peer.channel.flush();
            channel.config().setAutoRead(peer.channel.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        peer.channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && pair.relaying() && !peer.ended) {
            peer.channel.config().setAutoRead(true);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pair.lost(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pair.failed(this, cause);
    }

    /** Its last byte was read. It is not read again: a socket at its end stays readable, and the loop would spin. */
    private void end() {
        if (!pair.relaying()) {
            return;
        }
        ended = true;
        channel.config().setAutoRead(false);
        pair.ended(this);
        if (peer.unsent == 0) {
            peer.shutdownOutput();
        }
    }

    void write(ByteBuf bytes) {
        int size = bytes.readableBytes();
        unsent += size;
        channel.write(bytes).addListener(write -> written(size, write));
    }

    private void written(int size, Future<?> write) {
        unsent -= size;
        if (!write.isSuccess()) {
            pair.failed(this, write.cause());
            return;
        }
        sent += size;
        pair.moved();
        if (unsent == 0) {
            pair.drained(this);
        }
    }

    /** Only with nothing unsent: Netty would drop it. */
    void shutdownOutput() {
        channel.shutdownOutput().addListener(done -> {
            shutDown = done.isSuccess();
            if (shutDown) {
                pair.shutDown();
            } else {
                pair.lost(this);
            }
        });
    }

    void takeLastBytes() {
        channel.config().setAutoRead(false);
        if (unsent == 0) {
            pair.drained(this);
        }
    }

    void close(boolean abruptly) {
        if (abruptly && channel.isOpen()) {
            lingerNot();
        }
        channel.close();
    }

    private void lingerNot() {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyReset) {
            // macOS takes no options for a socket that its peer has reset; closing it is enough
        }
    }
}
