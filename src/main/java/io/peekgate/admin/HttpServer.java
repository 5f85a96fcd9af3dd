package io.peekgate.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP/1.1 server with one thread of its own, which reads and writes; requests are answered by workers. What it takes
 * is bounded: connections, the length of a head and of a body, and the time for a request and for its answer. A request
 * is read only when the one before it is answered and gone out, so that nobody can let answers pile up.
 */
public final class HttpServer implements AutoCloseable {
    /**
     * What it takes.
     *
     * @param connections at once; one more takes the place of one that waits for its client, else it is closed
     * @param streams of these, answers without an end; more are refused
     * @param head of a request's first line, and of all its header fields, in bytes
     * @param body of a request, in bytes
     * @param patience from a connection's begin, or the answer before, to when the next answer has gone out
     */
    public record Limits(int connections, int streams, int head, int body, Duration patience) {}

    private final Limits limits;
    private final Route route;
    private final Executor workers;
    private final EventLoopGroup thread;
    private final Places places;

    /**
     * Nothing is bound yet.
     *
     * @param name of the thread
     * @param workers what calls the route: the server's thread itself, {@code Runnable::run}, if it never blocks
     */
    public HttpServer(String name, Limits limits, Route route, Executor workers) {
        this.limits = limits;
        this.route = route;
        this.workers = workers;
        this.places = new Places(limits);
        this.thread =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    /** Listens there; completes, or fails, on the server's thread. May be tried again. */
    public ChannelFuture bind(InetSocketAddress address) {
        return new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        admit(client);
                    }
                })
                .bind(address)
                .addListener((ChannelFutureListener) this::leaveIfLate);
    }

    /** What is bound by one of the last tasks of a thread that ends would stay open. */
    private void leaveIfLate(ChannelFuture binding) {
        if (thread.isShuttingDown()) {
            binding.channel().close();
        }
    }

    /** Does this on the server's thread, at some time. */
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /** Does this on the server's thread, later. */
    public void later(Duration delay, Runnable task) {
        thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void admit(Channel client) {
        if (!places.take(client)) {
            client.close();
            return;
        }
        client.pipeline()
                .addLast(
                        codec(),
                        new FlowControlHandler(),
                        aggregator(),
                        new HttpExchange(route, workers, limits.patience(), places));
    }

    private ChannelHandler codec() {
        return new HttpServerCodec(
                new HttpDecoderConfig().setMaxInitialLineLength(limits.head()).setMaxHeaderSize(limits.head()));
    }

    /** Netty's own answer to a body that is too long would let the connection go on, and wait for the rest of it. */
    private ChannelHandler aggregator() {
        return new HttpObjectAggregator(limits.body(), true) {
            @Override
            protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
                HttpExchange.refuseBody(context).addListener(ChannelFutureListener.CLOSE);
            }
        };
    }

    /** Ends it with all its connections. Blocks, for some seconds at most. */
    @Override
    public void close() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
