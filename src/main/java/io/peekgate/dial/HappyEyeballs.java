package io.peekgate.dial;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.peekgate.net.PerLoop;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connects to whichever address answers first (RFC 8305 section 5): the first is tried at once, each further one when
 * the one before has failed or has not answered for a while; the first to connect wins and all others are closed.
 */
public final class HappyEyeballs {
    private final Transport transport;
    private final SocketMark mark;
    private final PerLoop<Sweep> sweeps;
    private final long fallbackNanos;
    private final long timeoutNanos;

    /**
     * @param mark borne by every socket
     * @param sweeps of the loops to be connected on; their tick is how late the timeout may be
     * @param fallbackDelay how long an attempt is left alone before the next begins ("Connection Attempt Delay")
     * @param timeout for all attempts together
     */
    public HappyEyeballs(
            Transport transport, SocketMark mark, PerLoop<Sweep> sweeps, Duration fallbackDelay, Duration timeout) {
        this.mark = mark;
        this.transport = transport;
        this.sweeps = sweeps;
        this.fallbackNanos = fallbackDelay.toNanos();
        this.timeoutNanos = timeout.toNanos();
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

    private record Attempt(InetSocketAddress address, Channel channel) {}

    private final class Race implements Sweep.Watched {
        private final EventLoop loop;
        private final Iterator<InetAddress> untried;
        private final int port;
        private final long deadline = System.nanoTime() + timeoutNanos;
        private final Promise<Channel> winner;
        private final Sweep.Watch watch;
        private final List<Attempt> running = new ArrayList<>(1);
        private final List<ConnectFailure> failures = new ArrayList<>(0);
        private Future<?> fallback;

        Race(EventLoop loop, List<InetAddress> addresses, int port) {
            this.loop = loop;
            this.untried = addresses.iterator();
            this.port = port;
            this.winner = loop.newPromise();
            this.watch = sweeps.of(loop).add(this);
        }

        private void next() {
            cancelFallback();
            if (untried.hasNext()) {
                attempt(new InetSocketAddress(untried.next(), port));
            } else if (running.isEmpty()) {
                winner.tryFailure(ConnectFailure.refusal(failures));
            }
        }

        private void attempt(InetSocketAddress address) {
            if (untried.hasNext()) {
                fallback = loop.schedule(this::next, fallbackNanos, TimeUnit.NANOSECONDS);
            }
            try {
                attempt(new Attempt(address, open(address)));
            } catch (ChannelException noDescriptor) {
                failed(address, noDescriptor);
            }
        }

        private void attempt(Attempt attempt) {
            running.add(attempt);
            loop.register(attempt.channel).addListener(registered -> {
                if (registered.isSuccess()) {
                    attempt.channel.connect(attempt.address).addListener(done -> ended(attempt, done));
                } else {
                    ended(attempt, registered);
                }
            });
        }

        private Channel open(InetSocketAddress address) {
            SocketChannel channel = mark.on(transport.newSocket(address.getAddress()));
            channel.config()
                    .setConnectTimeoutMillis(0) // it would be a timer for each
                    .setAutoRead(false)
                    .setAllowHalfClosure(true)
                    .setKeepAlive(true);
            return channel;
        }

        private void ended(Attempt attempt, Future<?> connect) {
            running.remove(attempt);
            if (connect.isSuccess() && winner.trySuccess(attempt.channel)) {
                return;
            }
            attempt.channel.close();
            if (!winner.isDone()) {
                failed(attempt.address, connect.cause());
            }
        }

        private void failed(InetSocketAddress address, Throwable cause) {
            failures.add(ConnectFailure.of(address, cause));
            next();
        }

        @Override
        public void tick(long now) {
            if (now - deadline >= 0) {
                running.forEach(attempt -> failures.add(ConnectFailure.timeout(attempt.address)));
                winner.tryFailure(ConnectFailure.refusal(failures));
            }
        }

        private void stop() {
            watch.end();
            cancelFallback();
            List.copyOf(running).forEach(attempt -> attempt.channel.close());
        }

        private void cancelFallback() {
            if (fallback != null) {
                fallback.cancel(false);
            }
        }
    }
}
