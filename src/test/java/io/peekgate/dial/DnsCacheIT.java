package io.peekgate.dial;

import static io.netty.handler.codec.dns.DnsRecordType.AAAA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.net.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.peekgate.dial.Transports#available")
class DnsCacheIT extends ResolverFixture {
    DnsCacheIT(Transport transport) {
        super(transport);
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
}
