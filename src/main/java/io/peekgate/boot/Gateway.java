package io.peekgate.boot;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.peekgate.config.ProxyConfig;
import io.peekgate.dial.AddressGuard;
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
import io.peekgate.rules.RuleStore;
import io.peekgate.server.Farewell;
import io.peekgate.server.Reception;
import io.peekgate.server.Sessions;
import io.peekgate.server.Stages;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running gateway: its event loops, its listeners, and the stages that connections are led through. */
public final class Gateway implements AutoCloseable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
    /** For how long a connection may still ask the resolver of the configuration that it came in under. */
    private static final long FAREWELL_MINUTES = 1;

    private final RuleStore rules;
    private final SessionObserver observer;
    private final Transport transport;
    private final SocketMark mark;
    private final EventLoopGroup loops;
    private final PerLoop<Sweep> sweeps;
    private final LoopGuard loopGuard = new LoopGuard();
    private final Farewell farewell;
    private final Sessions sessions;
    /** These are written by one reload at a time, and read by whoever asks, who does not wait for it. */
    private volatile ProxyConfig config;

    private volatile Resolver resolver;
    private volatile Relay relay;
    private volatile Doors doors;
    private volatile AddressGuard guard;

    private Gateway(ProxyConfig config, SessionObserver observer) {
        this.config = config;
        this.observer = observer;
        this.rules = RuleStore.open(config);
        this.transport = Settings.transport(config.eventLoop());
        this.mark = Settings.mark(config.connect(), transport);
        this.loops = transport.loops(Settings.threads(config.eventLoop()));
        this.sweeps = new PerLoop<>(loops, loop -> new Sweep(loop, TICK));
        this.farewell = new Farewell(sweeps);
        this.sessions = new Sessions(Settings.limits(config.limits()));
        this.resolver = resolver(config);
        this.doors = Doors.none(transport, loops);
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
        Gateway gateway = new Gateway(config, observer);
        try {
            gateway.relay = Settings.relay(config.relay(), gateway.transport, gateway.sweeps);
            gateway.doors = gateway.doors.with(config.listeners());
            gateway.guard = Settings.guard(config.destinations(), gateway.addresses());
            gateway.take(gateway.doors);
            return gateway;
        } catch (Throwable e) {
            gateway.close();
            throw e;
        }
    }

    /**
     * Takes over another configuration, for connections that come from now on; those that are there keep their verdict and
     * their stages. Listeners that have not changed stay bound. What cannot be changed while it runs
     * ({@link Differences#needingRestart}) stays. Blocks until then; not on an event loop.
     *
     * @throws io.peekgate.rules.InvalidRulesException if the rules cannot be used; then, as with the rest, nothing has
     *     changed
     * @throws java.io.UncheckedIOException if a file of the rules cannot be read
     * @throws UnavailableException if this machine cannot do what it asks for
     * @throws BindFailure if a new listener's address cannot be had
     */
    public synchronized void reload(ProxyConfig next) {
        Sessions.Limits limits = Settings.limits(next.limits());
        Relay nextRelay = next.relay().equals(config.relay()) ? relay : Settings.relay(next.relay(), transport, sweeps);
        Doors nextDoors = doors.with(next.listeners());
        Resolver nextResolver = resolver;
        try {
            AddressGuard nextGuard = Settings.guard(next.destinations(), nextDoors.addresses());
            nextResolver = next.dns().equals(config.dns()) ? resolver : resolver(next);
            rules.reload(next); // nothing after it may fail: newcomers go by these rules from here on
            guard = nextGuard;
        } catch (Throwable e) {
            nextDoors.closeAllBut(doors);
            if (nextResolver != resolver) {
                nextResolver.close();
            }
            throw e;
        }
        relay = nextRelay;
        if (!next.limits().equals(config.limits())) {
            sessions.limit(limits);
        }
        config = next;
        take(nextResolver);
        take(nextDoors);
    }

    private void take(Resolver next) {
        if (next != resolver) {
            loops.next().schedule(resolver::close, FAREWELL_MINUTES, TimeUnit.MINUTES);
            resolver = next;
        }
    }

    private void take(Doors next) {
        Doors before = doors;
        doors = next;
        doors.open(new Reception(stages(), sessions));
        before.closeAllBut(doors);
    }

    private Resolver resolver(ProxyConfig config) {
        return new Resolver(transport, mark, loops, Settings.dns(config.dns()));
    }

    private Stages stages() {
        ProxyConfig.ClientHello hello = config.clientHello();
        boolean explain = hello.onMisuse() == ProxyConfig.OnMisuse.EXPLAIN;
        ProxyConfig.Connect connect = config.connect();
        return new Stages(
                new Peeker(sweeps, hello.timeout(), hello.maxSize(), explain),
                this::policy,
                loopGuard,
                resolver,
                guard,
                new HappyEyeballs(transport, mark, sweeps, connect.fallbackDelay(), connect.timeout()),
                relay,
                farewell,
                observer);
    }

    /** Where each listener is bound, in the configuration's order. */
    public List<InetSocketAddress> addresses() {
        return doors.addresses();
    }

    /** The configuration in force. */
    public ProxyConfig config() {
        return config;
    }

    /** The rules in force, and how they are changed. */
    public RuleStore rules() {
        return rules;
    }

    /** The policy in force. */
    public Policy policy() {
        return rules.current().policy();
    }

    /** The connections that are not over. */
    public Sessions sessions() {
        return sessions;
    }

    public Transport transport() {
        return transport;
    }

    /** Asks the stages that connections are led through. */
    Lookup lookup() {
        return Lookup.of(config, guard, resolver, loops);
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
    public synchronized Future<Void> drain() {
        doors.close();
        return sessions.drain(config.shutdown().grace());
    }

    /** Ends everything at once. Blocks, for some seconds at most. */
    @Override
    public synchronized void close() {
        doors.close();
        resolver.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
