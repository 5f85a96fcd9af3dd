package io.peekgate.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.peekgate.net.Transport;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes the connections of one listening socket and brings each to the loop that serves it. Netty's own acceptor would
 * set options on each connection anew that it has inherited from the listening socket, at a system call each.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final long BREATH_MILLIS = 100;

    private final Transport transport;
    private final EventLoopGroup loops;
    private final Consumer<Channel> reception;

    /**
     * @param loops the listening socket's own, where each has one
     */
    Acceptor(Transport transport, EventLoopGroup loops, Consumer<Channel> reception) {
        this.transport = transport;
        this.loops = loops;
        this.reception = reception;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        SocketChannel client = (SocketChannel) accepted;
        try {
            welcome(client);
        } catch (ChannelException alreadyReset) {
            client.unsafe().closeForcibly(); // macOS takes no options for such a socket
        }
    }

    private void welcome(SocketChannel client) {
        client.config().setAutoRead(false);
        client.config().setAllowHalfClosure(true);
        if (!transport.inheritsOptions()) {
            client.config().setKeepAlive(true);
        }
        loops.register(client).addListener(registered -> {
            if (registered.isSuccess()) {
                reception.accept(client);
            } else {
                client.unsafe().closeForcibly();
            }
        });
    }

    /** Without a descriptor left, the connection stays in the backlog, where it would be found again at once. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(() -> context.channel().config().setAutoRead(true), BREATH_MILLIS, TimeUnit.MILLISECONDS);
    }
}
