package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MisuseWarningsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String ADVICE = CloseReason.SSH.advice();

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final ServerLog log = new ServerLog();
    private final MisuseWarnings warnings = new MisuseWarnings(INTERVAL, clock::get);

    @AfterEach
    void endLog() {
        log.close();
    }

    @Test
    void a_warning_names_source_listener_mistake_what_was_meant_and_remedy() {
        warnings.closed(Reports.misuse());
        assertThat(messages())
                .containsExactly("10.0.0.9:51234 on egress: The client takes this listener for an HTTP proxy and sent"
                        + " CONNECT (CONNECT \"example.com:443\"). This is a transparent gateway and needs no proxy"
                        + " setting: remove -x / https_proxy from the client. [http_connect, id 10]");
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"NO_SNI", "RULE_DROP", "DEFAULT_DROP", "HELLO_TIMEOUT", "CLIENT_GONE", "CONNECT_REFUSED"})
    void everyday_noise_gets_no_warning(CloseReason reason) {
        warnings.closed(Reports.refused(reason, Reports.address("10.0.0.1"), ""));
        warnings.close();
        assertThat(messages()).isEmpty();
    }

    @Test
    void a_good_connection_gets_no_warning_and_one_that_we_broke_does() {
        warnings.closed(Reports.passed());
        warnings.closed(Reports.passed(CloseReason.INTERNAL));
        assertThat(messages()).singleElement().asString().contains("[internal, id 7]");
    }

    @Test
    void repeats_are_suppressed_and_counted_in_the_next_warning() {
        IntStream.range(0, 4).forEach(i -> ssh("10.0.0.1"));
        clock.addAndGet(INTERVAL.toNanos() - 1);
        ssh("10.0.0.1");
        clock.addAndGet(1);
        ssh("10.0.0.1");
        assertThat(messages()).containsExactly(warning("10.0.0.1", ""), warning("10.0.0.1", ", suppressed 4"));
    }

    @Test
    void other_sources_and_other_reasons_are_warned_of_separately() {
        ssh("10.0.0.1");
        ssh("10.0.0.2");
        warnings.closed(Reports.refused(CloseReason.SOCKS, Reports.address("10.0.0.1"), ""));
        assertThat(messages()).hasSize(3);
    }

    @Test
    void addresses_of_one_ipv6_network_are_one_source() {
        ssh("2001:db8:1:2::1");
        ssh("2001:db8:1:2:ffff::2");
        ssh("2001:db8:1:3::1");
        warnings.close();
        assertThat(messages())
                .containsExactly(
                        warning("[2001:db8:1:2::1]", ""),
                        warning("[2001:db8:1:3::1]", ""),
                        "2001:db8:1:2::/64: suppressed 1 more warnings [ssh]");
    }

    @Test
    void flush_tells_what_was_suppressed_once_its_interval_is_over() {
        ssh("10.0.0.1");
        ssh("10.0.0.1");
        warnings.flush();
        clock.addAndGet(INTERVAL.toNanos());
        warnings.flush();
        warnings.flush();
        ssh("10.0.0.1");
        assertThat(messages())
                .containsExactly(
                        warning("10.0.0.1", ""), "10.0.0.1: suppressed 1 more warnings [ssh]", warning("10.0.0.1", ""));
    }

    @Test
    void traffic_of_others_flushes_too() {
        ssh("10.0.0.1");
        ssh("10.0.0.1");
        clock.addAndGet(INTERVAL.toNanos());
        ssh("10.0.0.2");
        assertThat(messages()).last().isEqualTo("10.0.0.1: suppressed 1 more warnings [ssh]");
    }

    @Test
    void a_flood_from_many_sources_is_bounded_and_counted() {
        IntStream.range(0, MisuseWarnings.MAX_KNOWN + 500).forEach(i -> ssh("10.1." + i / 250 + "." + i % 250));
        warnings.close();
        assertThat(messages())
                .hasSize(MisuseWarnings.MAX_KNOWN + 1)
                .last()
                .isEqualTo("suppressed 500 warnings about other sources");
    }

    private void ssh(String source) {
        warnings.closed(Reports.refused(CloseReason.SSH, Reports.address(source), ""));
    }

    private static String warning(String source, String suppressed) {
        return source + ":51234 on egress: The client speaks SSH. " + ADVICE + " [ssh, id 10" + suppressed + "]";
    }

    private List<String> messages() {
        return log.lines().stream()
                .map(line -> line.substring(line.indexOf("peekgate: ") + "peekgate: ".length()))
                .toList();
    }
}
