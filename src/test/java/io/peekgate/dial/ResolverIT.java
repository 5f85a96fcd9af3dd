package io.peekgate.dial;

import static io.netty.handler.codec.dns.DnsRecordType.AAAA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.demo.DnsServer;
import io.peekgate.model.CloseReason;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.peekgate.dial.Transports#available")
class ResolverIT extends ResolverFixture {
    ResolverIT(Transport transport) {
        super(transport);
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
        await().atMost(LONG).until(() -> dns.queries("silent.test") == 3);
    }

    @Test
    void an_error_in_one_family_outweighs_a_no_in_the_other() {
        resolveWith(Duration.ofSeconds(2), 1, Family.IPV4); // a busy server's NXDOMAIN must come by then
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
    void no_more_addresses_are_taken_than_can_be_tried() {
        String[] many =
                Stream.iterate(1, i -> i + 1).limit(40).map(i -> "192.0.2." + i).toArray(String[]::new);
        dns.addresses("many.test", 60, many);

        assertThat(resolved("many.test")).containsExactly(Arrays.copyOf(many, DnsRecords.MAX_ADDRESSES));
    }

    @Test
    void the_systems_hosts_file_counts_for_the_systems_servers_alone() {
        resolveWith(new DnsSettings(List.of(), LONG, 1, Family.IPV4_ONLY, LONG, LONG, 100, Map.of()));
        assertThat(resolved("localhost")).containsExactly("127.0.0.1");

        dns.addresses("localhost", 60, "192.0.2.1");
        resolveWith(LONG, 1, Family.IPV4_ONLY);
        assertThat(resolved("localhost")).containsExactly("192.0.2.1");
    }
}
