package io.peekgate.boot;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.dial.HappyEyeballs;
import io.peekgate.dial.LoopGuard;
import io.peekgate.dial.Resolver;
import io.peekgate.model.RelayEnd;
import io.peekgate.net.PerLoop;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import io.peekgate.peek.Peeker;
import io.peekgate.relay.Relay;
import io.peekgate.report.SessionObserver;
import io.peekgate.route.Policy;
import io.peekgate.rules.PolicyCompiler;
import io.peekgate.server.Farewell;
import io.peekgate.server.Listener;
import io.peekgate.server.Reception;
import io.peekgate.server.Sessions;
import io.peekgate.server.Stages;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running gateway: its event loops, its listeners, and the stages that connections are led through. */
public final class Gateway implements AutoCloseable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

    private final ProxyConfig config;
    private final Policy policy;
    private final Transport transport;
    private final SocketMark mark;
    private final EventLoopGroup loops;
    private final Sessions sessions;
    private final Resolver resolver;
    private final List<Listener> listeners = new ArrayList<>();
    private volatile Relay relay;

    private Gateway(ProxyConfig config) {
        this.config = config;
        this.policy = PolicyCompiler.compile(config.policy(), 1);
        this.transport = Settings.transport(config.eventLoop());
        this.mark = Settings.mark(config.connect(), transport);
        this.loops = transport.loops(Settings.threads(config.eventLoop()));
        this.sessions = new Sessions(Settings.limits(config.limits()));
        this.resolver = new Resolver(transport, mark, loops, Settings.dns(config.dns()));
    }

    /**
     * Binds every listener and begins to accept. Blocks until then.
     *
     * @param observer hears of every connection, from the event loops
     * @throws io.peekgate.rules.InvalidRulesException if the rules cannot be used
     * @throws UnavailableException if this machine lacks the configured transport or capture, or this user a right
     * @throws BindFailure if a listener's address cannot be had
     */
    public static Gateway start(ProxyConfig config, SessionObserver observer) {
        Gateway gateway = new Gateway(config);
        try {
            gateway.open(observer);
            return gateway;
        } catch (Throwable e) {
            gateway.close();
            throw e;
        }
    }

    private void open(SessionObserver observer) {
        for (ListenerConfig listener : config.listeners()) {
            listeners.add(bind(listener));
        }
        Reception reception = new Reception(stages(observer), sessions);
        for (int i = 0; i < listeners.size(); i++) {
            listeners
                    .get(i)
                    .open(reception.at(Settings.entrance(config.listeners().get(i))));
        }
    }

    private Listener bind(ListenerConfig listener) {
        boolean transparent = listener.capture() == ListenerConfig.Capture.TPROXY;
        Settings.checkCapture(listener, transport);
        try {
            return Listener.bind(
                    transport, loops, listener.bind(), listener.backlog(), listener.reusePort(), transparent);
        } catch (Exception e) {
            throw new BindFailure(listener, e);
        }
    }

    private Stages stages(SessionObserver observer) {
        PerLoop<Sweep> sweeps = new PerLoop<>(loops, loop -> new Sweep(loop, TICK));
        ProxyConfig.ClientHello hello = config.clientHello();
        boolean explain = hello.onMisuse() == ProxyConfig.OnMisuse.EXPLAIN;
        relay = Settings.relay(config.relay(), transport, sweeps);
        return new Stages(
                new Peeker(sweeps, hello.timeout(), hello.maxSize(), explain),
                () -> policy,
                new LoopGuard(),
                resolver,
                Settings.guard(config.destinations(), addresses()),
                new HappyEyeballs(
                        transport,
                        mark,
                        sweeps,
                        config.connect().fallbackDelay(),
                        config.connect().timeout()),
                relay,
                new Farewell(sweeps),
                observer);
    }

    /** Where each listener is bound, in the configuration's order. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    public Policy policy() {
        return policy;
    }

    public Transport transport() {
        return transport;
    }

    /** How it moves bytes when they are many. */
    public RelayEnd.Kind relay() {
        return Settings.splices(config.relay(), transport) ? RelayEnd.Kind.SPLICE : RelayEnd.Kind.COPY;
    }

    /** The threads that move bytes. */
    EventLoopGroup loops() {
        return loops;
    }

    /** How many pipes the relays have in use. */
    int pipes() {
        return relay.pipes();
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        return sessions.isDraining();
    }

    /**
     * Takes no new connections, and lets those that are there finish for the configured grace; then ends them.
     *
     * @return completes when the last one is over
     */
    public Future<Void> drain() {
        listeners.forEach(Listener::close);
        return sessions.drain(config.shutdown().grace());
    }

    /** Ends everything at once. Blocks, for some seconds at most. */
    @Override
    public void close() {
        listeners.forEach(Listener::close);
        resolver.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
