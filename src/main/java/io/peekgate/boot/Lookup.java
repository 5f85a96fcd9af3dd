package io.peekgate.boot;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.dial.AddressGuard;
import io.peekgate.dial.Resolver;
import io.peekgate.model.Target;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets a client in, resolves and guards its target as the gateway would, without a gateway: for {@code explain}. */
public final class Lookup {
    private final ProxyConfig config;

    public Lookup(ProxyConfig config) {
        this.config = config;
    }

    /**
     * Lets a client in at a listener.
     *
     * @throws io.peekgate.model.Refusal if its address is not among the listener's sources
     */
    public void enter(ListenerConfig listener, InetAddress source) {
        Settings.entrance(listener).admit(source);
    }

    /**
     * Lets a client ask a listener for a port.
     *
     * @throws io.peekgate.model.Refusal if it is not among those that it allows
     */
    public void ask(ListenerConfig listener, int port) {
        Settings.entrance(listener).allowed(port);
    }

    /**
     * The target's addresses. Blocks for as long as DNS takes.
     *
     * @throws io.peekgate.model.Refusal if it does not resolve
     */
    public List<InetAddress> resolve(Target target) throws InterruptedException {
        Transport transport = Settings.transport(config.eventLoop());
        EventLoopGroup loops = transport.loops(1);
        try (Resolver resolver = new Resolver(transport, SocketMark.NONE, loops, Settings.dns(config.dns()))) {
            EventLoop loop = loops.next();
            Future<List<InetAddress>> found =
                    loop.submit(() -> resolver.resolve(loop, target)).sync().getNow();
            return found.sync().getNow();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    /**
     * Those of the addresses that the gateway would dial.
     *
     * @param addresses what the target resolves to
     * @throws io.peekgate.model.Refusal if the destination mode or the guard lets none through
     */
    public List<InetAddress> admit(List<InetAddress> addresses, Target target) {
        AddressGuard guard = Settings.guard(
                config.destinations(),
                config.listeners().stream().map(listener -> listener.bind()).toList());
        return guard.admit(target.candidates(addresses), target.port(), target.allowPrivate());
    }
}
