package io.peekgate.net;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ways to do I/O, each with its event loops and channels. */
public enum Transport {
    EPOLL(
            Epoll::isAvailable,
            SteadyEpoll::newFactory,
            family -> new EpollServerSocketChannel(family),
            family -> new EpollSocketChannel(family),
            EpollDatagramChannel::new),
    KQUEUE(
            KQueue::isAvailable,
            KQueueIoHandler::newFactory,
            family -> new KQueueServerSocketChannel(),
            family -> new KQueueSocketChannel(),
            KQueueDatagramChannel::new),
    NIO(
            () -> true,
            NioIoHandler::newFactory,
            family -> new NioServerSocketChannel(),
            family -> new NioSocketChannel(),
            NioDatagramChannel::new);

    /** Lets several sockets listen on one port, so that the kernel spreads connections over them (SO_REUSEPORT). */
    public static final ChannelOption<Boolean> SHARED_PORT = UnixChannelOption.SO_REUSEPORT;

    /** SO_KEEPALIVE of a listening socket, by the number of Linux; see {@link #inheritsOptions}. */
    public static final ChannelOption<Integer> INHERITED_KEEPALIVE = new IntegerUnixChannelOption("SO_KEEPALIVE", 1, 9);

    /** What netfilter redirected, as a {@code sockaddr_in}: SO_ORIGINAL_DST (80) at SOL_IP (0). */
    public static final ChannelOption<ByteBuffer> ORIGINAL_IPV4 =
            new RawUnixChannelOption("PEEKGATE_ORIGINAL_IPV4", 0, 80, 16);

    /** The same as a {@code sockaddr_in6}: IP6T_SO_ORIGINAL_DST (80) at SOL_IPV6 (41). */
    public static final ChannelOption<ByteBuffer> ORIGINAL_IPV6 =
            new RawUnixChannelOption("PEEKGATE_ORIGINAL_IPV6", 41, 80, 28);

    private final BooleanSupplier available;
    private final Supplier<IoHandlerFactory> handlers;
    private final Function<SocketProtocolFamily, ServerSocketChannel> servers;
    private final Function<SocketProtocolFamily, SocketChannel> sockets;
    private final Supplier<DatagramChannel> datagrams;

    Transport(
            BooleanSupplier available,
            Supplier<IoHandlerFactory> handlers,
            Function<SocketProtocolFamily, ServerSocketChannel> servers,
            Function<SocketProtocolFamily, SocketChannel> sockets,
            Supplier<DatagramChannel> datagrams) {
        this.available = available;
        this.handlers = handlers;
        this.servers = servers;
        this.sockets = sockets;
        this.datagrams = datagrams;
    }

    /** The fastest that this machine has. */
    public static Transport best() {
        return EPOLL.isAvailable() ? EPOLL : KQUEUE.isAvailable() ? KQUEUE : NIO;
    }

    public boolean isAvailable() {
        return available.getAsBoolean();
    }

    /** Whether {@link #SHARED_PORT} spreads connections: on Linux, with native sockets. */
    public boolean sharesPorts() {
        return this == EPOLL;
    }

    /** Whether it has {@link #ORIGINAL_IPV4}, {@link #ORIGINAL_IPV6} and transparent servers: on Linux alone. */
    public boolean tellsOriginal() {
        return this == EPOLL;
    }

    /** Event loops of this transport, one thread each. */
    public EventLoopGroup loops(int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("peekgate-" + code(), true), handlers.get());
    }

    /** Whether what is set on a listening socket holds for the connections that it accepts: on Linux, native sockets. */
    public boolean inheritsOptions() {
        return this == EPOLL;
    }

    /** A new listening socket's channel, not bound, for that address; the wildcard is that of both families. */
    public ServerSocketChannel newServer(InetAddress address) {
        return servers.apply(address.isAnyLocalAddress() ? null : familyOf(address));
    }

    /**
     * The same, which accepts what is not addressed to this machine (IP_TRANSPARENT); where it {@link #tellsOriginal()}.
     *
     * @throws ChannelException if this process lacks CAP_NET_ADMIN
     */
    public ServerSocketChannel newTransparentServer(InetAddress address) {
        ServerSocketChannel channel = newServer(address);
        try {
            channel.config().setOption(EpollChannelOption.IP_TRANSPARENT, true);
            return channel;
        } catch (ChannelException forbidden) {
            channel.unsafe().closeForcibly();
            throw forbidden;
        }
    }

    /** A new stream socket's channel, not connected, for addresses of either family where the machine has both. */
    public SocketChannel newSocket() {
        return sockets.apply(null);
    }

    /** A new stream socket's channel, not connected, for that address's family. */
    public SocketChannel newSocket(InetAddress address) {
        return sockets.apply(familyOf(address));
    }

    private static SocketProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    /** A new datagram socket's channel, not bound. */
    public DatagramChannel newDatagram() {
        return datagrams.get();
    }

    /** The word in configuration and on the start-up line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
