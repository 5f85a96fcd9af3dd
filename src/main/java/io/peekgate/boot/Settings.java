package io.peekgate.boot;

import io.netty.channel.ChannelException;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.dial.AddressGuard;
import io.peekgate.dial.DnsSettings;
import io.peekgate.dial.Family;
import io.peekgate.dial.OriginalDestination;
import io.peekgate.model.ServerName;
import io.peekgate.net.PerLoop;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import io.peekgate.relay.ChannelRelay;
import io.peekgate.relay.EpollRelay;
import io.peekgate.relay.Relay;
import io.peekgate.relay.RelayTimeouts;
import io.peekgate.route.Sources;
import io.peekgate.server.Entrance;
import io.peekgate.server.Sessions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the stages are told, in their own terms, of what the configuration says. */
final class Settings {
    private Settings() {}

    /**
     * @throws UnavailableException if this machine cannot do it
     */
    static Transport transport(ProxyConfig.EventLoop config) {
        if (config.transport() == ProxyConfig.Transport.AUTO) {
            return Transport.best();
        }
        Transport chosen = Transport.valueOf(config.transport().name());
        if (!chosen.isAvailable()) {
            throw new UnavailableException("event-loop.transport: " + chosen.code()
                    + " cannot be had on this machine; write auto, or leave it out");
        }
        return chosen;
    }

    /**
     * @throws UnavailableException if this machine or this user cannot mark sockets
     */
    static SocketMark mark(ProxyConfig.Connect config, Transport transport) {
        return config.mark().map(number -> mark(number, transport)).orElse(SocketMark.NONE);
    }

    private static SocketMark mark(int number, Transport transport) {
        if (transport != Transport.EPOLL) {
            throw new UnavailableException("connect.mark: sockets are marked with epoll on Linux only, and this is "
                    + transport.code() + "; write off");
        }
        SocketMark mark = SocketMark.of(number);
        try {
            mark.on(transport.newSocket()).unsafe().closeForcibly();
            return mark;
        } catch (ChannelException e) {
            throw UnavailableException.forbidden(
                    "connect.mark: marking sockets takes CAP_NET_ADMIN or CAP_NET_RAW, which this user lacks; give it"
                            + " AmbientCapabilities=CAP_NET_ADMIN (systemd), or write off and use --exempt-uid");
        }
    }

    static int threads(ProxyConfig.EventLoop config) {
        return config.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    static Sessions.Limits limits(ProxyConfig.Limits config) {
        return new Sessions.Limits(
                config.connections().orElseGet(Descriptors::connections),
                config.perSource(),
                config.peeking(),
                config.acceptsPerSecond());
    }

    static Entrance entrance(ListenerConfig config) {
        return new Entrance(
                config.name(),
                OriginalDestination.valueOf(config.capture().name()),
                config.defaultPort(),
                Set.copyOf(config.allowPorts()),
                Sources.of(config.sources())::contains);
    }

    /**
     * @throws UnavailableException if a listener's capture cannot be done by this transport
     */
    static void checkCapture(ListenerConfig config, Transport transport) {
        OriginalDestination capture =
                OriginalDestination.valueOf(config.capture().name());
        if (capture.isDemanded() && !transport.tellsOriginal()) {
            throw new UnavailableException("listener " + config.name() + ": capture = "
                    + config.capture().name().toLowerCase(Locale.ROOT) + " needs epoll on Linux, and this is "
                    + transport.code() + "; write auto or none");
        }
    }

    static DnsSettings dns(ProxyConfig.Dns config) {
        return new DnsSettings(
                config.servers(),
                config.timeout(),
                config.attempts(),
                Family.valueOf(config.family().name()),
                config.cache().maxTtl(),
                config.cache().negativeTtl(),
                config.cache().maxEntries(),
                config.overrides().entrySet().stream()
                        .collect(Collectors.toMap(entry -> ServerName.of(entry.getKey()), entry -> entry.getValue())));
    }

    static AddressGuard guard(ProxyConfig.Destinations config, List<InetSocketAddress> listeners) {
        return new AddressGuard(
                config.deny(), config.allow(), config.denySelf(), listeners, AddressGuard.interfaceAddresses());
    }

    /**
     * @throws UnavailableException if it is to splice where that cannot be done
     */
    static Relay relay(ProxyConfig.Relay config, Transport transport, PerLoop<Sweep> sweeps) {
        RelayTimeouts timeouts =
                new RelayTimeouts(config.idleTimeout(), config.halfClosedTimeout(), config.maxDuration());
        if (transport == Transport.EPOLL) {
            return new EpollRelay(sweeps, timeouts, splices(config, transport));
        }
        if (config.mode() == ProxyConfig.RelayMode.SPLICE) {
            throw new UnavailableException("relay.mode: splice needs epoll, and this is " + transport.code()
                    + "; write auto, which copies where it cannot splice");
        }
        return new ChannelRelay(sweeps, timeouts);
    }

    static boolean splices(ProxyConfig.Relay config, Transport transport) {
        return transport == Transport.EPOLL && config.mode() != ProxyConfig.RelayMode.COPY;
    }
}
