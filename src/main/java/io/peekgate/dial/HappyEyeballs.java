package io.peekgate.dial;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Connects to whichever address answers first (RFC 8305 section 5): the first is tried at once, each further one when
 * the one before has failed or has not answered for a while; the first to connect wins and all others are closed.
 */
public final class HappyEyeballs {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Bootstrap bootstrap;
    private final long fallbackNanos;
    private final long timeoutNanos;

    /**
     * @param fallbackDelay how long an attempt is left alone before the next begins ("Connection Attempt Delay")
     * @param timeout for all attempts together, at least 1 ms
     */
    public HappyEyeballs(Transport transport, Duration fallbackDelay, Duration timeout) {
        this.fallbackNanos = fallbackDelay.toNanos();
        this.timeoutNanos = timeout.toNanos();
        this.bootstrap = new Bootstrap()
                .channelFactory((ChannelFactory<SocketChannel>) transport::newSocket)
                .disableResolver()
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                });
    }

    /**
     * Tries the addresses in their order. On {@code loop} only. The channel is the caller's, with an empty pipeline
     * and nothing read of it; what the server sent already (epoll reads at a FIN even without autoRead) is handed to
     * the handlers that the future's listener adds before it returns, and lost if it adds none. Cancelling the future
     * closes all attempts. Fails by a {@link io.peekgate.model.Refusal} that names each address and its error:
     * {@code CONNECT_REFUSED} if any was refused, else {@code CONNECT_TIMEOUT} if any did not answer in time, else
     * {@code CONNECT_UNREACHABLE}; {@code INTERNAL} if there was no descriptor left to try with.
     */
    public Future<Channel> connect(EventLoop loop, List<InetAddress> addresses, int port) {
        Race race = new Race(loop, addresses, port);
        race.winner.addListener((FutureListener<Channel>) winner -> race.stop());
        race.next();
        return race.winner;
    }

    private final class Race {
        private final EventLoop loop;
        private final Iterator<InetSocketAddress> untried;
        private final long deadline = System.nanoTime() + timeoutNanos;
        private final Promise<Channel> winner;
        private final Set<Channel> running = new HashSet<>();
        private final List<ConnectFailure> failures = new ArrayList<>();
        private Optional<Future<?>> fallback = Optional.empty();

        Race(EventLoop loop, List<InetAddress> addresses, int port) {
            this.loop = loop;
            this.untried = addresses.stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .iterator();
            this.winner = loop.newPromise();
        }

        void next() {
            fallback.ifPresent(timer -> timer.cancel(false));
            long millisLeft = (deadline - System.nanoTime()) / MILLI;
            if (untried.hasNext() && millisLeft > 0) {
                attempt(untried.next(), (int) millisLeft);
            } else if (running.isEmpty()) {
                winner.tryFailure(ConnectFailure.refusal(failures));
            }
        }

        /** Each attempt times out by itself at the common deadline. */
        private void attempt(InetSocketAddress address, int millis) {
            if (untried.hasNext()) {
                fallback = Optional.of(loop.schedule(this::next, fallbackNanos, TimeUnit.NANOSECONDS));
            }
            ChannelFuture attempt = bootstrap
                    .clone(loop)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                    .connect(address);
            if (attempt.isDone()) {
                // there was no descriptor for a channel, and so no loop of its own to tell it on
                ended(address, attempt);
            } else {
                running.add(attempt.channel());
                attempt.addListener((ChannelFutureListener) done -> ended(address, done));
            }
        }

        private void ended(InetSocketAddress address, ChannelFuture attempt) {
            running.remove(attempt.channel());
            if (attempt.isSuccess()) {
                won(attempt.channel());
            } else if (!winner.isDone()) {
                failures.add(ConnectFailure.of(address, attempt.cause()));
                next();
            }
        }

        private void won(Channel channel) {
            if (!winner.trySuccess(channel)) {
                channel.close();
            }
        }

        private void stop() {
            fallback.ifPresent(timer -> timer.cancel(false));
            List.copyOf(running).forEach(Channel::close);
        }
    }
}
