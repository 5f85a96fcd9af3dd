package io.peekgate.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
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
    private final Transport transport;
    private final List<Channel> channels = new ArrayList<>();
    private volatile Consumer<Channel> reception;

    private Listener(Transport transport) {
        this.transport = transport;
    }

    /**
     * Binds, but accepts nothing before {@link #open}: the gateway must know all its own addresses before it dials any.
     * Blocks; for start-up only. Throws the channel's own {@link java.net.BindException}, undeclared, if the address is
     * in use or not ours.
     *
     * @param address port 0 for any free one
     * @param reusePort lets each loop listen for itself, and another process take the port over
     * @param transparent whether to accept connections to foreign addresses ({@link Transport#newTransparentServer})
     */
    public static Listener bind(
            Transport transport,
            EventLoopGroup loops,
            InetSocketAddress address,
            int backlog,
            boolean reusePort,
            boolean transparent) {
        Listener listener = new Listener(transport);
        Bootstrap bootstrap = listener.bootstrap(address, backlog, transparent);
        if (reusePort && transport.sharesPorts()) {
            listener.bindEach(bootstrap.option(Transport.SHARED_PORT, true), loops, address);
        } else {
            listener.bind(bootstrap, loops, address);
        }
        return listener;
    }

    private void bindEach(Bootstrap bootstrap, EventLoopGroup loops, InetSocketAddress address) {
        InetSocketAddress bound = address;
        for (EventExecutor loop : loops) {
            bind(bootstrap, (EventLoopGroup) loop, bound);
            bound = address();
        }
    }

    private void bind(Bootstrap bootstrap, EventLoopGroup loops, InetSocketAddress address) {
        Acceptor acceptor = new Acceptor(transport, loops, client -> reception.accept(client));
        try {
            channels.add(bootstrap
                    .clone(loops)
                    .handler(acceptor)
                    .bind(address)
                    .syncUninterruptibly()
                    .channel());
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * TCP_DEFER_ACCEPT is left alone: the kernel would hide whoever connects and leaves without a word, for whom there
     * must be a line in the log as well, and it makes no difference that could be measured.
     */
    private Bootstrap bootstrap(InetSocketAddress address, int backlog, boolean transparent) {
        Bootstrap bootstrap = new Bootstrap()
                .channelFactory((ChannelFactory<Channel>) () -> transparent
                        ? transport.newTransparentServer(address.getAddress())
                        : transport.newServer(address.getAddress()))
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true);
        return transport.inheritsOptions() ? bootstrap.option(Transport.INHERITED_KEEPALIVE, 1) : bootstrap;
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channels.get(0).localAddress();
    }

    /**
     * Begins to accept, or to lead newcomers elsewhere.
     *
     * @param reception gets each new connection, on the event loop that serves it
     */
    public void open(Consumer<Channel> reception) {
        this.reception = reception;
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    /** Gives the address up; accepted connections stay. Blocks; for shutting down only. */
    public void close() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
    }
}
