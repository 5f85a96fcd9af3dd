package io.peekgate.relay;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One event loop with a relay on it, and what is needed to lay {@link Wire}s through it. Its channels take all their
 * memory from one allocator, so that a buffer that was not released shows.
 */
final class Loopback implements AutoCloseable {
    /** No timeouts. */
    static final RelayTimeouts PATIENT = new RelayTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** The system's choice of a buffer's size. */
    private static final int SYSTEM = 0;

    private static final int PATIENCE_MILLIS = 15_000;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    final EventLoop loop;
    final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final List<Channel> sockets = new ArrayList<>();
    private final Relay relay;
    private final Transport transport;
    private final EventLoopGroup loops;
    private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
    private final List<Wire> wires = new ArrayList<>();
    private final Channel gateway;
    private final ServerSocket origin;

    Loopback(Transport transport, BiFunction<PerLoop<Sweep>, RelayTimeouts, Relay> relay, RelayTimeouts timeouts)
            throws IOException {
        this.transport = transport;
        loops = transport.loops(1);
        loop = loops.next();
        long tick = TimeUnit.MILLISECONDS.toNanos(20);
        this.relay = relay.apply(new PerLoop<>(loops, each -> new Sweep(each, tick)), timeouts);
        gateway = listen();
        origin = new ServerSocket(0, 1024, HERE);
    }

    private Channel listen() {
        return new ServerBootstrap()
                .group(loops)
                .channelFactory(() -> transport.newServer(HERE))
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, memory)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted.add(channel);
                    }
                })
                .bind(HERE, 0)
                .syncUninterruptibly()
                .channel();
    }

    /** A wire with the system's socket buffers. */
    Wire wire() throws IOException {
        return wire(SYSTEM, SYSTEM);
    }

    /**
     * A wire with so small buffers that a reader who stalls is soon felt. The receive buffers hold some segments, else
     * TCP itself would stall for a fifth of a second now and then.
     */
    Wire tightWire() throws IOException {
        return wire(4 * 1024, 32 * 1024);
    }

    private Wire wire(int sendBuffer, int receiveBuffer) throws IOException {
        Socket client = prepare(new Socket(), sendBuffer, receiveBuffer);
        client.connect(gateway.localAddress());
        SocketChannel near = prepare(take(), sendBuffer, receiveBuffer);
        SocketChannel far = prepare(dial(), sendBuffer, receiveBuffer);
        Socket server = prepare(origin.accept(), sendBuffer, receiveBuffer);
        Wire wire = new Wire(this, relay, client, near, far, server);
        wires.add(wire);
        return wire;
    }

    private static Socket prepare(Socket socket, int sendBuffer, int receiveBuffer) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (sendBuffer != SYSTEM) {
            socket.setSendBufferSize(sendBuffer);
            socket.setReceiveBufferSize(receiveBuffer);
        }
        return socket;
    }

    private SocketChannel prepare(SocketChannel channel, int sendBuffer, int receiveBuffer) {
        sockets.add(channel);
        if (sendBuffer != SYSTEM) {
            channel.config().setSendBufferSize(sendBuffer).setReceiveBufferSize(receiveBuffer);
        }
        return channel;
    }

    private SocketChannel take() {
        try {
            return accepted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private SocketChannel dial() {
        return (SocketChannel) new Bootstrap()
                .group(loop)
                .channelFactory(transport::newSocket)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, memory)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress(HERE, origin.getLocalPort()))
                .syncUninterruptibly()
                .channel();
    }

    /**
     * How much CPU time the loop's thread takes in a second, in the best of three: what it does for nothing it does in each,
     * and in some a busy machine counts for it what was another's.
     */
    Duration leastCpuInASecond() {
        long thread = loop.submit(() -> Thread.currentThread().getId())
                .syncUninterruptibly()
                .getNow();
        return Stream.generate(() -> cpuInASecond(thread))
                .limit(3)
                .min(naturalOrder())
                .orElseThrow();
    }

    private static Duration cpuInASecond(long thread) {
        long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getThreadCpuTime(thread) - before);
    }

    boolean holdsNoSocket() {
        return sockets.stream().noneMatch(Channel::isOpen);
    }

    /** Bytes in buffers that are in use. */
    long memoryInUse() {
        return memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory();
    }

    /** Closes all wires' ends; fails unless the relay then closes every channel and releases every buffer. */
    void awaitNothingLeft() {
        wires.forEach(Wire::close);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMillis(PATIENCE_MILLIS))
                .untilAsserted(() -> {
                    assertThat(sockets).as("sockets not closed").noneMatch(Channel::isOpen);
                    assertThat(memoryInUse())
                            .as("bytes in buffers not released")
                            .isZero();
                });
    }

    @Override
    public void close() throws IOException {
        origin.close();
        gateway.close().syncUninterruptibly();
        sockets.forEach(Channel::close);
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
