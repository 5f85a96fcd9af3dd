package io.peekgate.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.peekgate.net.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A bound address and the connections that come in there. Where the transport can, each event loop has a listening
 * socket of its own on the same port (SO_REUSEPORT), so that a connection is accepted by the loop that serves it.
 */
public final class Listener {
    private final List<Channel> channels = new ArrayList<>();
    private Consumer<Channel> accepted;

    private Listener() {}

    /**
     * Binds, but accepts nothing before {@link #open}: the gateway must know all its own addresses before it dials any.
     * Blocks; for start-up only. Throws the channel's own {@link java.net.BindException}, undeclared, if the address is
     * in use or not ours.
     *
     * @param address port 0 for any free one
     * @param reusePort lets each loop listen for itself, and another process take the port over
     * @param transparent whether to accept connections to foreign addresses ({@link Transport#TRANSPARENT})
     */
    public static Listener bind(
            Transport transport,
            EventLoopGroup loops,
            InetSocketAddress address,
            int backlog,
            boolean reusePort,
            boolean transparent) {
        Listener listener = new Listener();
        ServerBootstrap bootstrap = listener.bootstrap(transport, backlog);
        if (transparent) {
            bootstrap.option(Transport.TRANSPARENT, true);
        }
        if (reusePort && transport.sharesPorts()) {
            listener.bindEach(bootstrap.option(Transport.SHARED_PORT, true), loops, address);
        } else {
            listener.bind(bootstrap.group(loops), address);
        }
        return listener;
    }

    private void bindEach(ServerBootstrap bootstrap, EventLoopGroup loops, InetSocketAddress address) {
        InetSocketAddress bound = address;
        for (EventExecutor loop : loops) {
            bind(bootstrap.clone().group((EventLoopGroup) loop), bound);
            bound = address();
        }
    }

    private void bind(ServerBootstrap bootstrap, InetSocketAddress address) {
        try {
            channels.add(bootstrap.bind(address).syncUninterruptibly().channel());
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private ServerBootstrap bootstrap(Transport transport, int backlog) {
        return new ServerBootstrap()
                .channelFactory(transport::newServer)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accepted.accept(client);
                    }
                });
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channels.get(0).localAddress();
    }

    /**
     * Begins to accept.
     *
     * @param reception gets each new connection, on the event loop that serves it
     */
    public void open(Consumer<Channel> reception) {
        accepted = reception;
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    /** Gives the address up; accepted connections stay. Blocks; for shutting down only. */
    public void close() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
    }
}
