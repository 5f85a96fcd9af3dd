package io.peekgate.boot;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.dial.AddressGuard;
import io.peekgate.dial.Resolver;
import io.peekgate.explain.Probe;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.Target;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Transport;
import io.peekgate.peek.HelloReader;
import io.peekgate.server.Entrance;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Leads a client that is only thought of through a gateway's stages: for {@code explain}. */
public final class Lookup implements Probe {
    /** For an event loop's turn, and for all that DNS may take. */
    private static final long PATIENCE_SECONDS = 30;

    /** Where names are looked up. */
    @FunctionalInterface
    private interface Resolving {
        List<InetAddress> resolve(Target target) throws InterruptedException, TimeoutException;
    }

    private final ProxyConfig config;
    private final AddressGuard guard;
    private final Resolving resolving;

    private Lookup(ProxyConfig config, AddressGuard guard, Resolving resolving) {
        this.config = config;
        this.guard = guard;
        this.resolving = resolving;
    }

    /** Through the stages that a gateway of this configuration would have. */
    public static Lookup of(ProxyConfig config) {
        AddressGuard guard = Settings.guard(
                config.destinations(),
                config.listeners().stream().map(ListenerConfig::bind).toList());
        return new Lookup(config, guard, target -> resolved(config, target));
    }

    /** Through the stages of a gateway that runs. */
    static Lookup of(ProxyConfig config, AddressGuard guard, Resolver resolver, EventLoopGroup loops) {
        return new Lookup(config, guard, target -> resolved(resolver, loops.next(), target));
    }

    @Override
    public void enter(String listener, InetAddress source) {
        entrance(listener).admit(source);
    }

    @Override
    public void ask(String listener, int port) {
        entrance(listener).allowed(port);
    }

    private Entrance entrance(String name) {
        return config.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findAny()
                .map(Settings::entrance)
                .orElseThrow();
    }

    @Override
    public ClientHello peek(ByteBuffer first) {
        ByteBuf bytes = Unpooled.wrappedBuffer(first);
        HelloReader reader = new HelloReader(config.clientHello().maxSize(), true);
        return reader.read(bytes).orElseThrow(() -> {
            reader.end(bytes);
            return new Refusal(
                    CloseReason.CLIENT_GONE, "the hello is not whole after " + bytes.readableBytes() + " bytes");
        });
    }

    @Override
    public List<InetAddress> resolve(Target target) throws InterruptedException, TimeoutException {
        return resolving.resolve(target);
    }

    @Override
    public List<InetAddress> admit(List<InetAddress> addresses, Target target) {
        return guard.admit(target.candidates(addresses), target.port(), target.allowPrivate());
    }

    private static List<InetAddress> resolved(ProxyConfig config, Target target)
            throws InterruptedException, TimeoutException {
        Transport transport = Settings.transport(config.eventLoop());
        EventLoopGroup loops = transport.loops(1);
        try (Resolver resolver = new Resolver(transport, SocketMark.NONE, loops, Settings.dns(config.dns()))) {
            return resolved(resolver, loops.next(), target);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static List<InetAddress> resolved(Resolver resolver, EventLoop loop, Target target)
            throws InterruptedException, TimeoutException {
        return awaited(awaited(loop.submit(() -> resolver.resolve(loop, target))));
    }

    private static <T> T awaited(Future<T> future) throws InterruptedException, TimeoutException {
        if (!future.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("no answer within " + PATIENCE_SECONDS + " s");
        }
        return future.sync().getNow();
    }
}
