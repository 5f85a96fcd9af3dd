package io.peekgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.peekgate.dial.AddressGuard;
import io.peekgate.dial.DnsSettings;
import io.peekgate.dial.Family;
import io.peekgate.dial.HappyEyeballs;
import io.peekgate.dial.LoopGuard;
import io.peekgate.dial.OriginalDestination;
import io.peekgate.dial.Resolver;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.model.ServerName;
import io.peekgate.net.PerLoop;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import io.peekgate.peek.Peeker;
import io.peekgate.relay.ChannelRelay;
import io.peekgate.relay.Relay;
import io.peekgate.relay.RelayTimeouts;
import io.peekgate.route.Defaults;
import io.peekgate.route.Policy;
import io.peekgate.testkit.RecordingObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gateway that lets {@link WireLab#NAME} pass, and does not know where it listens itself. */
final class InjectedGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RelayTimeouts TIMEOUTS = new RelayTimeouts(PATIENCE, PATIENCE, Duration.ZERO);

    private final Transport transport;
    private final EventLoopGroup loops;
    private final RecordingObserver observer = new RecordingObserver();
    private final Sessions sessions = new Sessions(new Sessions.Limits(0, 0, 0, 0));
    private final Resolver resolver;
    private final Listener listener;

    private InjectedGateway(
            Transport transport,
            OriginalDestination capture,
            Destination destination,
            InetSocketAddress server,
            Function<PerLoop<Sweep>, Relay> relay) {
        this.transport = transport;
        loops = transport.loops(2);
        resolver = new Resolver(transport, SocketMark.NONE, loops, dns(server.getAddress()));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        listener = Listener.bind(transport, loops, any, 16, true, false);
        Entrance entrance = new Entrance("injected", capture, server.getPort(), Set.of(), source -> true);
        listener.open(new Reception(stages(relay, destination), sessions).at(entrance));
    }

    /** One with a relay of the test's own, to one server. */
    InjectedGateway(InetSocketAddress server, Relay relay) {
        this(Transport.best(), OriginalDestination.NONE, Destination.RESOLVE, server, sweeps -> relay);
    }

    /** One that takes its own address for what the client dialled, as with TPROXY it would be. */
    static InjectedGateway capturing(Transport transport, Destination destination, InetSocketAddress server) {
        return new InjectedGateway(
                transport,
                OriginalDestination.TPROXY,
                destination,
                server,
                sweeps -> new ChannelRelay(sweeps, TIMEOUTS));
    }

    private static DnsSettings dns(InetAddress address) {
        return new DnsSettings(
                List.of(new InetSocketAddress(address, 53)),
                PATIENCE,
                1,
                Family.AUTO,
                PATIENCE,
                PATIENCE,
                1,
                Map.of(ServerName.of(WireLab.NAME), List.of(address)));
    }

    private Stages stages(Function<PerLoop<Sweep>, Relay> relay, Destination destination) {
        PerLoop<Sweep> sweeps = new PerLoop<>(loops, loop -> new Sweep(loop, TimeUnit.MILLISECONDS.toNanos(100)));
        Defaults defaults = new Defaults(true, OnDrop.ALERT, Optional.empty(), destination, OnEch.FLAG, false);
        Policy policy = Policy.compile(List.of(), defaults, 1);
        return new Stages(
                new Peeker(sweeps, PATIENCE, 32 * 1024, true),
                () -> policy,
                new LoopGuard(),
                resolver,
                new AddressGuard(List.of(), List.of(), false, List.of(), List.of()),
                new HappyEyeballs(transport, SocketMark.NONE, sweeps, PATIENCE, PATIENCE),
                relay.apply(sweeps),
                new Farewell(sweeps),
                observer);
    }

    InetSocketAddress address() {
        return listener.address();
    }

    RecordingObserver observer() {
        return observer;
    }

    /** Waits until all have left; fails unless each was reported, and only once. */
    void assertOneReportEach() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sessions.count()).as("sessions").isZero();
            assertThat(observer.closedSoFar()).as("reports").isEqualTo(observer.openedSoFar());
        });
    }

    @Override
    public void close() {
        listener.close();
        resolver.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
