package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.net.PerLoop;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import io.peekgate.testkit.Hanging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.peekgate.dial.Transports#available")
class HappyEyeballsIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(100);
    /** So much longer than {@link #SHORT} that even on a busy machine all attempts have begun by then. */
    private static final Duration AMPLE = Duration.ofSeconds(2);

    private final Transport transport;
    private final EventLoopGroup loops;
    private final EventLoop loop;
    private final PerLoop<Sweep> sweeps;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;

    HappyEyeballsIT(Transport transport) {
        this.transport = transport;
        this.loops = transport.loops(1);
        this.loop = loops.next();
        this.sweeps = Transports.sweeps(loops);
    }

    @AfterEach
    void close() throws Exception {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        for (AutoCloseable item : open) {
            item.close();
        }
    }

    @Test
    void the_first_address_that_connects_wins_with_the_options_a_relay_needs() throws Exception {
        ServerSocket server = listen("127.0.0.1");

        Channel channel = connect(LONG, LONG, "127.0.0.1").get(10, TimeUnit.SECONDS);

        assertThat(channel.remoteAddress()).isEqualTo(server.getLocalSocketAddress());
        assertThat(channel.eventLoop()).isSameAs(loop);
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE)).isTrue();
        assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(channel.pipeline().toMap()).isEmpty());
    }

    @Test
    void the_next_address_is_tried_when_one_hangs() throws Exception {
        listen("127.0.0.1");
        hang("127.0.0.2");

        long begun = System.nanoTime();
        Channel channel = connect(SHORT, LONG, "127.0.0.2", "127.0.0.1").get(10, TimeUnit.SECONDS);

        assertThat(host(channel)).isEqualTo("127.0.0.1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void the_next_address_is_tried_at_once_when_one_refuses() throws Exception {
        listen("127.0.0.1");

        Channel channel = connect(LONG.multipliedBy(6), LONG, "127.0.0.3", "127.0.0.4", "127.0.0.1")
                .get(10, TimeUnit.SECONDS);

        assertThat(host(channel)).isEqualTo("127.0.0.1");
    }

    @Test
    void a_later_address_is_left_alone_while_an_earlier_one_may_answer() throws Exception {
        listen("127.0.0.1");
        ServerSocket second = listen("127.0.0.2");

        assertThat(host(connect(LONG, LONG, "127.0.0.1", "127.0.0.2").get(10, TimeUnit.SECONDS)))
                .isEqualTo("127.0.0.1");
        second.setSoTimeout(200);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(second::accept);
    }

    @Test
    void all_that_refuse_are_named() throws Exception {
        listen("127.0.0.1");

        assertRefused(
                connect(LONG, LONG, "127.0.0.3", "127.0.0.4"),
                CloseReason.CONNECT_REFUSED,
                "127.0.0.3:" + port + " refused, 127.0.0.4:" + port + " refused");
    }

    @Test
    void silence_is_a_timeout_for_all_addresses_together() throws Exception {
        listen("127.0.0.1");
        hang("127.0.0.2");
        hang("127.0.0.3");

        long begun = System.nanoTime();
        assertRefused(
                connect(SHORT, AMPLE, "127.0.0.2", "127.0.0.3"),
                CloseReason.CONNECT_TIMEOUT,
                "127.0.0.2:" + port + " no answer",
                "127.0.0.3:" + port + " no answer");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(AMPLE, LONG);
    }

    @Test
    void a_network_without_a_route_is_unreachable() throws Exception {
        listen("127.0.0.1");

        assertRefused(
                connect(LONG, LONG, "255.255.255.255"),
                CloseReason.CONNECT_UNREACHABLE,
                "255.255.255.255:" + port + " unreachable");
    }

    @Test
    void a_refusal_outweighs_silence_and_silence_an_unreachable_network() throws Exception {
        listen("127.0.0.1");
        hang("127.0.0.2");

        assertRefused(
                connect(SHORT, AMPLE, "255.255.255.255", "127.0.0.2"), CloseReason.CONNECT_TIMEOUT, "255.255.255.255");
        assertRefused(
                connect(SHORT, AMPLE, "255.255.255.255", "127.0.0.2", "127.0.0.3"),
                CloseReason.CONNECT_REFUSED,
                "127.0.0.3:" + port + " refused");
    }

    @Test
    void the_losers_are_closed() throws Exception {
        listen("127.0.0.1");
        Hanging hanging = hang("127.0.0.2");

        connect(SHORT, LONG, "127.0.0.2", "127.0.0.1").get(10, TimeUnit.SECONDS);

        hanging.assertNobodyComes();
    }

    @Test
    void cancelling_closes_all_attempts() throws Exception {
        listen("127.0.0.1");
        Hanging first = hang("127.0.0.2");
        Hanging second = hang("127.0.0.3");
        ServerSocket third = listen("127.0.0.4");

        Future<Channel> race = onLoop(() -> cancelledAtTheSecond("127.0.0.2", "127.0.0.3", "127.0.0.4"));

        assertThat(race.awaitUninterruptibly().isCancelled()).isTrue();
        first.assertNobodyComes();
        second.assertNobodyComes();
        third.setSoTimeout(300);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(third::accept);
    }

    /**
     * However late the loop is, it takes what it is to do in the order in which that is due: the second attempt, this, and
     * the third attempt, whose delay counts from the second.
     */
    private Future<Channel> cancelledAtTheSecond(String... addresses) {
        Future<Channel> race = race(SHORT, LONG, addresses);
        loop.schedule(() -> race.cancel(false), SHORT.toNanos(), TimeUnit.NANOSECONDS);
        return race;
    }

    private Hanging hang(String address) throws IOException {
        Hanging hanging = new Hanging(new InetSocketAddress(address, port));
        open.add(hanging);
        return hanging;
    }

    private ServerSocket listen(String address) throws IOException {
        ServerSocket server = new ServerSocket();
        open.add(server);
        server.bind(new InetSocketAddress(address, port), 50);
        port = server.getLocalPort();
        return server;
    }

    private Future<Channel> connect(Duration delay, Duration timeout, String... addresses) {
        return onLoop(() -> race(delay, timeout, addresses));
    }

    private <T> T onLoop(Callable<T> work) {
        return loop.submit(work).syncUninterruptibly().getNow();
    }

    private Future<Channel> race(Duration delay, Duration timeout, String... addresses) {
        List<InetAddress> candidates = Stream.of(addresses)
                .map(NetUtil::createInetAddressFromIpAddressString)
                .toList();
        return new HappyEyeballs(transport, SocketMark.NONE, sweeps, delay, timeout).connect(loop, candidates, port);
    }

    private static void assertRefused(Future<Channel> race, CloseReason reason, String... details) {
        Throwable cause = race.awaitUninterruptibly().cause();
        assertThat(cause).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).as(refusal.detail()).isEqualTo(reason);
            assertThat(refusal.detail()).contains(details);
        });
    }

    private static String host(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
    }
}
