package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import io.peekgate.report.Reports;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a passed, a dropped, a failed connection to www.example.com, and a dropped one of 10.1.0.7 to host-7.example. */
class LogFilterTest {
    private static final List<SessionReport> ALL =
            List.of(Reports.passed(CloseReason.IDLE), Reports.dropped(), Reports.failed(), Reports.visit(7));

    @ParameterizedTest
    @CsvSource({
        "action, pass, 1000",
        "action, drop, 0101",
        "action, fail, 0010",
        "drops, true, 0111",
        "drops, false, 1111",
        "reason, rule, 1000",
        "reason, connect_refused, 0010",
        "reason, idle, 1000",
        "sni, *.example.com, 1110",
        "sni, host-7.example, 0001",
        "source, 10.0.0.0/24, 1110",
        "source, 10.1.0.7, 0001",
        "source, private, 1111",
        "listener, egress, 1111",
        "listener, other, 0000",
        "nothing, x, 1111"
    })
    void each_parameter_chooses(String key, String value, String chosen) {
        assertThat(chosen(Map.of(key, List.of(value)))).isEqualTo(chosen);
    }

    @Test
    void all_parameters_must_hold() {
        assertThat(chosen(
                        Map.of("drops", List.of("true"), "sni", List.of("www.example.com"), "action", List.of("drop"))))
                .isEqualTo("0100");
    }

    @Test
    void one_without_a_name_has_no_pattern() {
        assertThat(LogFilter.of(new Query(Map.of("sni", List.of("**")))).test(Reports.numbered(1)))
                .isFalse();
    }

    private static String chosen(Map<String, List<String>> query) {
        return ALL.stream()
                .map(report -> LogFilter.of(new Query(query)).test(report) ? "1" : "0")
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action | passed | action: one of pass, drop, fail is expected",
                "drops | yes | drops: true or false is expected",
                "reason | nothing | reason: one of rule, default, rule_drop,",
                "sni | ~^a | sni: a host pattern such as *.example.com, not a regular expression, is expected",
                "sni | a*.example | sni: pattern \"a*.example\": a star stands for a whole label",
                "source | 10.0.0.0/33 | source: source \"10.0.0.0/33\": it is no address or network"
            })
    void what_is_wrong_is_named_with_what_is_expected(String key, String value, String problem) {
        assertThatThrownBy(() -> LogFilter.of(new Query(Map.of(key, List.of(value)))))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(problem);
    }
}
