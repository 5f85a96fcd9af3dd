package io.peekgate.dial;

import static io.netty.handler.codec.dns.DnsRecordType.A;
import static io.netty.handler.codec.dns.DnsRecordType.AAAA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.peekgate.demo.DnsServer;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.net.Addresses;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.peekgate.dial.Transports#available")
class ResolverIT {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final DnsServer dns = new DnsServer();
    private final Transport transport;
    private final EventLoopGroup loops;
    private final EventLoop loop;
    private Resolver resolver;

    ResolverIT(Transport transport) {
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

    @Test
    void a_fixed_address_is_its_own_answer() throws Exception {
        InetAddress address = InetAddress.getByName("10.0.0.7");

        assertThat(onLoop(() -> resolver.resolve(loop, new Target.Fixed(address, 443, false)))
                        .getNow())
                .containsExactly(address);
    }

    @Test
    void an_override_is_never_asked_for() {
        dns.addresses("here.test", 60, "192.0.2.1");
        resolveWith(settings(LONG, 2, Family.IPV4, 100, Map.of(ServerName.of("here.test"), addresses("10.0.0.7"))));

        assertThat(resolved("here.test")).containsExactly("10.0.0.7");
        assertThat(dns.queries("here.test")).isZero();
    }

    @Test
    void families_are_interleaved_the_preferred_one_first() {
        dns.addresses("both.test", 60, "192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2");

        assertThat(resolved("both.test"))
                .containsExactly("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3");

        resolveWith(LONG, 2, Family.IPV4);
        assertThat(resolved("both.test"))
                .containsExactly("192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2", "192.0.2.3");
    }

    @Test
    void one_family_alone_is_asked_if_so_told() {
        dns.addresses("both.test", 60, "192.0.2.1", "2001:db8::1");

        resolveWith(LONG, 2, Family.IPV4_ONLY);
        assertThat(resolved("both.test")).containsExactly("192.0.2.1");

        resolveWith(LONG, 2, Family.IPV6_ONLY);
        assertThat(resolved("both.test")).containsExactly("2001:db8::1");
        assertThat(dns.queries("both.test")).isEqualTo(2);
    }

    @Test
    void either_family_alone_will_do() {
        dns.addresses("four.test", 60, "192.0.2.1").addresses("six.test", 60, "2001:db8::1");

        assertThat(resolved("four.test")).containsExactly("192.0.2.1");
        assertThat(resolved("six.test")).containsExactly("2001:db8::1");
    }

    @Test
    void a_late_family_is_waited_for_no_longer_than_a_moment() {
        dns.addresses("late.test", 60, "192.0.2.1", "2001:db8::1").silent("late.test", AAAA);

        long begun = System.nanoTime();
        assertThat(resolved("late.test")).containsExactly("192.0.2.1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(50))
                .isLessThan(LONG.dividedBy(2));
    }

    @Test
    void a_late_answer_serves_the_next_who_asks() {
        resolveWith(Duration.ofMillis(300), 2, Family.IPV6);
        dns.addresses("late.test", 60, "192.0.2.1", "2001:db8::1").silent("late.test", AAAA);

        assertThat(resolved("late.test")).containsExactly("192.0.2.1");
        dns.addresses("late.test", 60, "2001:db8::1");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(resolved("late.test")).containsExactly("2001:db8::1", "192.0.2.1"));
    }

    @Test
    void a_name_that_does_not_exist_is_asked_for_once_a_family_and_remembered() {
        assertRefused("no.test", CloseReason.DNS_NXDOMAIN, "no.test: NXDOMAIN from " + server());
        assertRefused("no.test", CloseReason.DNS_NXDOMAIN, "no.test: NXDOMAIN from " + server());
        assertThat(dns.queries("no.test")).isEqualTo(2);
    }

    @Test
    void a_name_without_addresses_is_told_from_one_that_does_not_exist() {
        dns.addresses("empty.test", 60);

        assertRefused(
                "empty.test",
                CloseReason.DNS_NO_ADDRESS,
                "empty.test: no AAAA record, says " + server() + ", no A record, says " + server());
        assertRefused("empty.test", CloseReason.DNS_NO_ADDRESS, "no A record");
        assertThat(dns.queries("empty.test")).isEqualTo(2);
    }

    @Test
    void an_error_is_told_with_its_code_after_all_attempts() {
        dns.fails("broken.test", DnsResponseCode.SERVFAIL).fails("closed.test", DnsResponseCode.REFUSED);

        assertRefused("broken.test", CloseReason.DNS_FAILURE, "broken.test: SERVFAIL(2) from " + server());
        assertRefused("closed.test", CloseReason.DNS_FAILURE, "closed.test: REFUSED(5) from " + server());
        assertThat(dns.queries("broken.test")).isEqualTo(4);
    }

    @Test
    void silence_is_a_timeout_after_all_attempts() {
        resolveWith(Duration.ofMillis(50), 3, Family.IPV4_ONLY);
        dns.silent("silent.test");

        assertRefused("silent.test", CloseReason.DNS_TIMEOUT, "silent.test: no answer from " + server() + " in 50 ms");
        assertThat(dns.queries("silent.test")).isEqualTo(3);
    }

    @Test
    void an_error_in_one_family_outweighs_a_no_in_the_other() {
        resolveWith(Duration.ofMillis(50), 1, Family.IPV4);
        dns.silent("half.test", AAAA);

        assertRefused("half.test", CloseReason.DNS_TIMEOUT, "NXDOMAIN from " + server() + ", no answer");
    }

    @Test
    void the_next_server_is_asked_when_one_fails() {
        try (DnsServer broken = new DnsServer().fails("some.test", DnsResponseCode.SERVFAIL)) {
            dns.addresses("some.test", 60, "192.0.2.1");
            resolveWith(new DnsSettings(
                    List.of(broken.address(), dns.address()), LONG, 1, Family.IPV4_ONLY, LONG, LONG, 100, Map.of()));

            assertThat(resolved("some.test")).containsExactly("192.0.2.1");
            assertThat(broken.queries("some.test")).isOne();
        }
    }

    @Test
    void an_answer_is_kept_for_its_ttl_and_no_longer() {
        dns.addresses("kept.test", 60, "192.0.2.1").addresses("brief.test", 1, "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        resolved("kept.test");
        resolved("brief.test");
        dns.addresses("brief.test", 60, "192.0.2.2");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(resolved("brief.test")).containsExactly("192.0.2.2"));

        assertThat(dns.queries("brief.test")).isEqualTo(2);
        assertThat(resolved("kept.test")).containsExactly("192.0.2.1");
        assertThat(dns.queries("kept.test")).isOne();
    }

    @Test
    void no_ttl_is_no_cache() {
        dns.addresses("zero.test", 0, "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        resolved("zero.test");
        resolved("zero.test");
        assertThat(dns.queries("zero.test")).isEqualTo(2);
    }

    @Test
    void an_alias_that_is_over_ends_what_it_led_to() {
        dns.alias("alias.test", 1, "real.test", "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        assertThat(resolved("alias.test")).containsExactly("192.0.2.1");
        dns.alias("alias.test", 60, "real.test", "192.0.2.2");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(resolved("alias.test")).containsExactly("192.0.2.2"));
    }

    @Test
    void an_alias_is_followed_where_the_server_does_not() {
        dns.alias("alias.test", 60, "real.test").addresses("real.test", 60, "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        assertThat(resolved("alias.test")).containsExactly("192.0.2.1");
    }

    @Test
    void an_alias_loop_ends() {
        dns.alias("one.test", 60, "two.test").alias("two.test", 60, "one.test");

        assertRefused("one.test", CloseReason.DNS_NO_ADDRESS, "one.test: no AAAA record");
    }

    @Test
    void many_who_ask_at_once_ask_once() throws Exception {
        dns.addresses("busy.test", 60, "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        List<Future<List<InetAddress>>> answers = onLoop(
                () -> Stream.generate(() -> resolve("busy.test")).limit(50).toList());

        assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).hasSize(1));
        assertThat(dns.queries("busy.test")).isOne();
    }

    @Test
    void the_least_recently_used_answer_is_forgotten_beyond_the_bound() {
        Stream.of("a.test", "b.test", "c.test").forEach(name -> dns.addresses(name, 60, "192.0.2.1"));
        resolveWith(settings(LONG, 1, Family.IPV4_ONLY, 2, Map.of()));

        Stream.of("a.test", "b.test", "a.test", "c.test", "a.test", "b.test").forEach(this::resolved);

        assertThat(dns.queries("a.test")).isOne();
        assertThat(dns.queries("b.test")).isEqualTo(2);
    }

    @Test
    void no_more_addresses_are_taken_than_can_be_tried() {
        String[] many =
                Stream.iterate(1, i -> i + 1).limit(40).map(i -> "192.0.2." + i).toArray(String[]::new);
        dns.addresses("many.test", 60, many);

        assertThat(resolved("many.test")).containsExactly(Arrays.copyOf(many, DnsRecords.MAX_ADDRESSES));
    }

    @Test
    void a_truncated_answer_is_asked_for_again_over_tcp() {
        dns.truncates("big.test");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        try (TcpServer tcp = new TcpServer(new byte[] {10, 0, 0, 7})) {
            assertThat(resolved("big.test")).containsExactly("10.0.0.7");
        }
    }

    @Test
    void an_answer_that_makes_no_sense_is_a_failure() {
        dns.truncates("short.test");
        resolveWith(LONG, 1, Family.IPV4_ONLY);

        try (TcpServer tcp = new TcpServer(new byte[] {10, 0, 7})) {
            assertRefused("short.test", CloseReason.DNS_FAILURE, "unreadable answer from " + server());
        }
    }

    @Test
    void a_truncated_answer_that_tcp_does_not_mend_is_a_failure() {
        dns.truncates("big.test");

        assertRefused("big.test", CloseReason.DNS_FAILURE, "truncated answer from " + server());
    }

    @Test
    void the_systems_hosts_file_counts_for_the_systems_servers_alone() {
        resolveWith(new DnsSettings(List.of(), LONG, 1, Family.IPV4_ONLY, LONG, LONG, 100, Map.of()));
        assertThat(resolved("localhost")).containsExactly("127.0.0.1");

        dns.addresses("localhost", 60, "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);
        assertThat(resolved("localhost")).containsExactly("192.0.2.1");
    }

    /** Answers each question over TCP with one A record of these bytes. */
    private final class TcpServer implements AutoCloseable {
        private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

        TcpServer(byte[] address) {
            new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), answerer(address));
                        }
                    })
                    .bind(dns.address())
                    .syncUninterruptibly();
        }

        private SimpleChannelInboundHandler<DnsQuery> answerer(byte[] address) {
            return new SimpleChannelInboundHandler<>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
                    DnsQuestion question = query.recordAt(DnsSection.QUESTION);
                    ctx.writeAndFlush(new DefaultDnsResponse(query.id())
                            .addRecord(DnsSection.QUESTION, question)
                            .addRecord(
                                    DnsSection.ANSWER,
                                    new DefaultDnsRawRecord(question.name(), A, 60, Unpooled.wrappedBuffer(address))));
                }
            };
        }

        @Override
        public void close() {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private void resolveWith(Duration timeout, int attempts, Family family) {
        resolveWith(settings(timeout, attempts, family, 100, Map.of()));
    }

    private void resolveWith(DnsSettings settings) {
        resolver = new Resolver(transport, loops, settings);
    }

    private DnsSettings settings(
            Duration timeout, int attempts, Family family, int maxEntries, Map<ServerName, List<InetAddress>> own) {
        return new DnsSettings(
                List.of(dns.address()), timeout, attempts, family, Duration.ofHours(1), LONG, maxEntries, own);
    }

    private String server() {
        InetSocketAddress address = dns.address();
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    private static List<InetAddress> addresses(String... addresses) {
        return Stream.of(addresses)
                .map(NetUtil::createInetAddressFromIpAddressString)
                .toList();
    }

    private Future<List<InetAddress>> resolve(String name) {
        return resolver.resolve(loop, new Target.Named(ServerName.of(name), 443, false));
    }

    private List<String> resolved(String name) {
        return onLoop(() -> resolve(name)).syncUninterruptibly().getNow().stream()
                .map(Addresses::text)
                .toList();
    }

    private void assertRefused(String name, CloseReason reason, String detail) {
        Throwable cause = onLoop(() -> resolve(name)).awaitUninterruptibly().cause();
        assertThat(cause).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.detail()).contains(detail);
        });
    }

    private <T> T onLoop(Callable<T> work) {
        return loop.submit(work).syncUninterruptibly().getNow();
    }
}
