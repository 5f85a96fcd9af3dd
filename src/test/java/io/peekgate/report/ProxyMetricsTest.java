package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import io.peekgate.testkit.Scrape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProxyMetrics meters = new ProxyMetrics(registry, List.of("egress"));

    @Test
    void a_passed_connection_counts_everywhere_that_it_has_been() {
        lead(Reports.passed());

        assertThat(value(
                        "peekgate_connections_total", Map.of("listener", "egress", "action", "pass", "reason", "rule")))
                .isEqualTo(1);
        assertThat(value("peekgate_connections_ended_total", Map.of("end", "client_fin")))
                .isEqualTo(1);
        assertThat(value("peekgate_bytes_total", Map.of("direction", "up", "relay", "copy")))
                .isEqualTo(517);
        assertThat(value("peekgate_bytes_total", Map.of("direction", "down", "relay", "copy")))
                .isEqualTo(5300);
        assertThat(value("peekgate_peek_seconds_sum", Map.of())).isEqualTo(0.000812);
        assertThat(value("peekgate_dns_seconds_sum", Map.of("outcome", "ok"))).isEqualTo(0.0034004);
        assertThat(value("peekgate_connect_seconds_sum", Map.of("outcome", "ok")))
                .isEqualTo(0.01);
        assertThat(value("peekgate_connection_seconds_sum", Map.of())).isEqualTo(1.204000499);
        assertThat(value("peekgate_hello_bytes_sum", Map.of())).isEqualTo(512);
        assertThat(value("peekgate_rule_hits_total", Map.of("rule", "bank"))).isEqualTo(1);
    }

    @Test
    void a_failed_dial_has_its_outcome_and_no_life() {
        lead(Reports.failed());

        assertThat(value("peekgate_connections_total", Map.of("action", "fail", "reason", "connect_refused")))
                .isEqualTo(1);
        assertThat(value("peekgate_dns_seconds_count", Map.of("outcome", "ok"))).isEqualTo(1);
        assertThat(value("peekgate_connect_seconds_count", Map.of("outcome", "refused")))
                .isEqualTo(1);
        assertThat(value("peekgate_connect_seconds_count", Map.of())).isEqualTo(1);
        assertThat(value("peekgate_connection_seconds_count", Map.of())).isZero();
    }

    @Test
    void a_drop_is_timed_only_where_it_has_been() {
        lead(Reports.dropped());

        assertThat(value("peekgate_peek_seconds_count", Map.of())).isEqualTo(1);
        assertThat(value("peekgate_dns_seconds_count", Map.of())).isZero();
        assertThat(value("peekgate_rule_hits_total", Map.of("rule", "ads"))).isEqualTo(1);
    }

    @Test
    void what_an_observing_policy_would_drop_is_counted_by_why() {
        assertThat(value("peekgate_would_drop_total", Map.of("listener", "egress", "reason", "default_drop")))
                .isZero();
        lead(Reports.observed());
        lead(Reports.passed());
        lead(Reports.dropped());

        assertThat(value("peekgate_would_drop_total", Map.of("listener", "egress", "reason", "rule_drop")))
                .isEqualTo(1);
        assertThat(value("peekgate_would_drop_total", Map.of())).isEqualTo(1);
    }

    @Test
    void a_mismatch_is_flagged() {
        lead(Reports.mismatched());

        assertThat(value("peekgate_destination_mismatch_total", Map.of("listener", "egress", "action", "drop")))
                .isEqualTo(1);
        assertThat(value("peekgate_destination_mismatch_total", Map.of())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void every_reason_stands_at_zero_before_it_first_counts(CloseReason reason) {
        boolean ends = reason.phase() == CloseReason.Phase.ENDED;
        assertThat(scrape().of("peekgate_connections_ended_total"))
                .anyMatch(one -> one.has(Map.of("end", reason.code())) == ends);
        assertThat(scrape().of("peekgate_connections_total").stream()
                        .anyMatch(one -> one.has(Map.of("reason", reason.code()))))
                .isEqualTo(!ends || reason == CloseReason.KILLED || reason == CloseReason.INTERNAL);
    }

    @Test
    void active_connections_are_counted_where_they_are() {
        meters.opened("egress");
        meters.opened("egress");
        meters.opened("egress");
        meters.dialling("egress");
        meters.dialling("egress");
        meters.relaying("egress");

        assertThat(active()).containsExactly(1.0, 1.0, 1.0);
        meters.closed(Reports.passed());
        assertThat(active()).containsExactly(1.0, 1.0, 0.0);
        meters.closed(Reports.failed());
        assertThat(active()).containsExactly(1.0, 0.0, 0.0);
        meters.closed(Reports.dropped());
        assertThat(active()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void ten_thousand_names_from_as_many_places_make_no_new_series() {
        lead(Reports.visit(0));
        int before = scrape().series().size();
        IntStream.rangeClosed(1, 10_000).forEach(number -> lead(Reports.visit(number)));

        assertThat(scrape().series()).hasSize(before);
        assertThat(value("peekgate_connections_total", Map.of())).isEqualTo(10_001);
    }

    @Test
    void beyond_two_hundred_rules_the_rest_is_one() {
        IntStream.range(0, 300).forEach(number -> lead(Reports.hitting("rule-" + number)));
        IntStream.range(0, 300).forEach(number -> lead(Reports.hitting("rule-" + number)));

        assertThat(scrape().of("peekgate_rule_hits_total")).hasSize(201);
        assertThat(value("peekgate_rule_hits_total", Map.of("rule", "rule-199")))
                .isEqualTo(2);
        assertThat(value("peekgate_rule_hits_total", Map.of("rule", "other"))).isEqualTo(200);
    }

    @Test
    void many_loops_at_once_lose_nothing_and_take_no_more_than_two_hundred_rules() {
        IntStream.range(0, 20_000).parallel().forEach(number -> lead(Reports.hitting("rule-" + number % 1_000)));

        assertThat(scrape().of("peekgate_rule_hits_total")).hasSize(201);
        assertThat(value("peekgate_rule_hits_total", Map.of())).isEqualTo(20_000);
        assertThat(active()).containsExactly(0.0, 0.0, 0.0);
    }

    /** As a session tells of itself. */
    private void lead(SessionReport report) {
        meters.opened(report.listener());
        if (report.times().dns() >= 0) {
            meters.dialling(report.listener());
        }
        if (report.upstream().isPresent()) {
            meters.relaying(report.listener());
        }
        meters.closed(report);
    }

    private List<Double> active() {
        return Stream.of("peek", "dial", "relay")
                .map(phase -> value("peekgate_connections_active", Map.of("listener", "egress", "phase", phase)))
                .toList();
    }

    private double value(String name, Map<String, String> labels) {
        return scrape().sum(name, labels);
    }

    private Scrape scrape() {
        return Scrape.parse(registry.scrape());
    }
}
