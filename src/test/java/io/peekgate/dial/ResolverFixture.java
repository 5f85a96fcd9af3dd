package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.peekgate.demo.DnsServer;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.net.Addresses;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A resolver on one event loop, and the DNS server that it asks. */
abstract class ResolverFixture {
    static final Duration LONG = Duration.ofSeconds(10);

    DnsServer dns = new DnsServer();
    private final Transport transport;
    private final EventLoopGroup loops;
    final EventLoop loop;
    Resolver resolver;

    ResolverFixture(Transport transport) {
        this.transport = transport;
        this.loops = transport.loops(1);
        this.loop = (EventLoop) loops.iterator().next();
        resolveWith(LONG, 2, Family.IPV6);
    }

    @AfterEach
    void close() {
        resolver.close();
        dns.close();
        loops.shutdownGracefully();
    }

    void resolveWith(Duration timeout, int attempts, Family family) {
        resolveWith(settings(timeout, attempts, family, 100, Map.of()));
    }

    void resolveWith(DnsSettings settings) {
        resolver = new Resolver(transport, SocketMark.NONE, loops, settings);
    }

    DnsSettings settings(
            Duration timeout, int attempts, Family family, int maxEntries, Map<ServerName, List<InetAddress>> own) {
        return new DnsSettings(
                List.of(dns.address()), timeout, attempts, family, Duration.ofHours(1), LONG, maxEntries, own);
    }

    String server() {
        InetSocketAddress address = dns.address();
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    static List<InetAddress> addresses(String... addresses) {
        return Stream.of(addresses)
                .map(NetUtil::createInetAddressFromIpAddressString)
                .toList();
    }

    Future<List<InetAddress>> resolve(String name) {
        return resolver.resolve(loop, new Target.Named(ServerName.of(name), 443, false));
    }

    List<String> resolved(String name) {
        return onLoop(() -> resolve(name)).syncUninterruptibly().getNow().stream()
                .map(Addresses::text)
                .toList();
    }

    void assertRefused(String name, CloseReason reason, String detail) {
        Throwable cause = onLoop(() -> resolve(name)).awaitUninterruptibly().cause();
        assertThat(cause).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.detail()).contains(detail);
        });
    }

    <T> T onLoop(Callable<T> work) {
        return loop.submit(work).syncUninterruptibly().getNow();
    }
}
