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
    private final List<Channel> channels;

    private Listener(List<Channel> channels) {
        this.channels = channels;
    }

    /**
     * Binds, but accepts nothing before {@link #open}: the gateway must know all its own addresses before it dials any.
     * Blocks, for start-up only.
     *
     * @param port 0 in {@code address} binds any free port
     * @param accepted gets each new connection, on its event loop, before it is active
     * @throws java.net.BindException (unchecked) if the address is in use or not ours
     */
    public static Listener bind(
            Transport transport,
            EventLoopGroup loops,
            InetSocketAddress address,
            int backlog,
            boolean reusePort,
            Consumer<Channel> accepted) {
        ServerBootstrap bootstrap = bootstrap(transport, backlog, accepted);
        if (!reusePort || !transport.sharesPorts()) {
            return new Listener(List.of(
                    bootstrap.group(loops).bind(address).syncUninterruptibly().channel()));
        }
        List<Channel> channels = new ArrayList<>();
        InetSocketAddress bound = address;
        try {
            for (EventExecutor loop : loops) {
                Channel channel = bootstrap
                        .clone()
                        .group((EventLoopGroup) loop)
                        .option(Transport.SHARED_PORT, true)
                        .bind(bound)
                        .syncUninterruptibly()
                        .channel();
                bound = (InetSocketAddress) channel.localAddress();
                channels.add(channel);
            }
        } catch (Throwable e) {
            channels.forEach(Channel::close);
            throw e;
        }
        return new Listener(channels);
    }

    private static ServerBootstrap bootstrap(Transport transport, int backlog, Consumer<Channel> accepted) {
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

    /** Begins to accept. */
    public void open() {
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    /** Gives the address up; accepted connections stay. Blocks, for shutting down only. */
    public void close() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
    }
}
