package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.model.LiveSession;
import io.peekgate.model.LiveSession.Phase;
import io.peekgate.model.SessionReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class AccessLineTest {
    @Test
    void a_pass_in_json_has_every_field_in_the_contracts_order() {
        assertThat(Format.JSON.line(Reports.passed()))
                .isEqualTo("{\"time\":\"2026-11-21T12:00:00.120Z\",\"id\":\"7\",\"listener\":\"egress\","
                        + "\"source\":\"10.0.0.9:51234\",\"original\":\"[2001:db8::1]:443\","
                        + "\"sni\":\"www.example.com\",\"alpn\":[\"h2\",\"http/1.1\"],\"tls\":\"1.3\",\"ech\":\"outer\","
                        + "\"rule\":\"bank\",\"action\":\"pass\",\"reason\":\"rule\","
                        + "\"detail\":\"pinned certificate\",\"addresses\":[\"192.0.2.1\",\"2001:db8::1\"],"
                        + "\"upstream\":\"192.0.2.1:443\",\"peek_ms\":0.812,\"dns_ms\":3.4,\"connect_ms\":10,"
                        + "\"duration_ms\":1204,\"bytes_up\":517,\"bytes_down\":5300,\"relay\":\"copy\","
                        + "\"end\":\"client_fin\",\"generation\":3}");
    }

    @Test
    void a_pass_in_text_has_the_same_order() {
        assertThat(Format.TEXT.line(Reports.passed()))
                .isEqualTo("2026-11-21T12:00:00.120Z 7 egress 10.0.0.9:51234 [2001:db8::1]:443 www.example.com"
                        + " alpn=h2,http/1.1 tls=1.3 ech=outer rule=bank pass rule \"pinned certificate\""
                        + " would_drop=- mismatch=- addresses=192.0.2.1,2001:db8::1 upstream=192.0.2.1:443 ms=0.812/3.4/10/1204"
                        + " bytes=517/5300 relay=copy end=client_fin generation=3");
    }

    @Test
    void a_drop_in_json_leaves_out_what_is_absent_and_has_advice() {
        assertThat(Format.JSON.line(Reports.dropped()))
                .isEqualTo("{\"time\":\"2026-11-21T12:00:00.120Z\",\"id\":\"8\",\"listener\":\"egress\","
                        + "\"source\":\"10.0.0.9:51234\",\"sni\":\"www.example.com\",\"alpn\":[\"h2\",\"http/1.1\"],"
                        + "\"tls\":\"1.3\",\"rule\":\"ads\",\"action\":\"drop\",\"reason\":\"rule_drop\","
                        + "\"advice\":\"If it should pass, change the rule that the line names, or put a passthrough"
                        + " rule before it.\",\"peek_ms\":0.812,\"duration_ms\":0.902,\"generation\":3}");
    }

    @Test
    void one_that_is_not_over_has_the_same_fields_and_its_phase() {
        assertThat(AccessJson.of(new LiveSession(Phase.RELAY, Reports.passed(CloseReason.KILLED))))
                .isEqualTo("{\"time\":\"2026-11-21T12:00:00.120Z\",\"id\":\"7\",\"listener\":\"egress\","
                        + "\"source\":\"10.0.0.9:51234\",\"original\":\"[2001:db8::1]:443\","
                        + "\"sni\":\"www.example.com\",\"alpn\":[\"h2\",\"http/1.1\"],\"tls\":\"1.3\","
                        + "\"ech\":\"outer\",\"rule\":\"bank\",\"addresses\":[\"192.0.2.1\",\"2001:db8::1\"],"
                        + "\"upstream\":\"192.0.2.1:443\",\"peek_ms\":0.812,\"dns_ms\":3.4,\"connect_ms\":10,"
                        + "\"duration_ms\":1204,\"bytes_up\":517,\"bytes_down\":5300,\"relay\":\"copy\","
                        + "\"generation\":3,\"phase\":\"relay\"}");
    }

    @Test
    void what_a_client_offers_is_all_there() {
        assertThat(AccessJson.of(Reports.passed().hello().orElseThrow()))
                .isEqualTo("{\"sni\":\"www.example.com\",\"alpn\":[\"h2\",\"http/1.1\"],\"tls\":\"1.3\","
                        + "\"ech\":\"outer\",\"bytes\":512}");
    }

    @Test
    void a_mismatch_is_flagged_and_nothing_else_is() {
        assertThat(Format.JSON.line(Reports.mismatched())).contains(",\"mismatch\":true,\"addresses\":[\"192.0.2.1\"]");
        assertThat(Format.TEXT.line(Reports.mismatched())).contains(" mismatch=true addresses=192.0.2.1 ");
        assertThat(Format.JSON.line(Reports.passed())).doesNotContain("mismatch");
    }

    @Test
    void what_passes_only_because_the_policy_observes_is_flagged() {
        assertThat(Format.JSON.line(Reports.observed())).contains("\"action\":\"pass\"", ",\"would_drop\":true,");
        assertThat(Format.TEXT.line(Reports.observed())).contains(" would_drop=true mismatch=- ");
        assertThat(Format.JSON.line(Reports.passed())).doesNotContain("would_drop");
    }

    @Test
    void encrypted_client_hello_is_told_of_unless_the_policy_allows_it() {
        assertThat(Format.JSON.line(Reports.passed())).contains("\"ech\":\"outer\"");
        assertThat(Format.JSON.line(Reports.observed())).doesNotContain("\"ech\"");
        assertThat(Format.TEXT.line(Reports.observed())).contains(" ech=- ");
    }

    @Test
    void a_drop_in_text_shows_a_hyphen_for_what_is_absent_and_advice_last() {
        assertThat(Format.TEXT.line(Reports.dropped()))
                .isEqualTo("2026-11-21T12:00:00.120Z 8 egress 10.0.0.9:51234 - www.example.com alpn=h2,http/1.1"
                        + " tls=1.3 ech=- rule=ads drop rule_drop - would_drop=- mismatch=- addresses=- upstream=- ms=0.812/-/-/0.902"
                        + " bytes=-/- relay=- end=- generation=3"
                        + " | If it should pass, change the rule that the line names, or put a passthrough rule"
                        + " before it.");
    }

    @Test
    void a_failed_dial_in_json_names_the_addresses_tried() {
        assertThat(Format.JSON.line(Reports.failed()))
                .contains("\"action\":\"fail\",\"reason\":\"connect_refused\",\"advice\":\"Look at whether the server"
                        + " listens on that port.\",\"addresses\":[\"192.0.2.1\"],\"peek_ms\":0.812,\"dns_ms\":0,"
                        + "\"connect_ms\":2,\"duration_ms\":3,\"generation\":3}")
                .doesNotContain("\"rule\":")
                .doesNotContain("upstream");
    }

    @Test
    void a_failed_dial_in_text_names_the_addresses_tried() {
        assertThat(Format.TEXT.line(Reports.failed()))
                .contains(
                        " rule=- fail connect_refused - would_drop=- mismatch=- addresses=192.0.2.1 upstream=- ms=0.812/0/2/3 bytes=-/-")
                .endsWith(" | Look at whether the server listens on that port.");
    }

    @Test
    void a_misuse_in_json_names_what_was_meant_and_the_remedy() {
        assertThat(Format.JSON.line(Reports.misuse()))
                .isEqualTo("{\"time\":\"2026-11-21T12:00:00.120Z\",\"id\":\"10\",\"listener\":\"egress\","
                        + "\"source\":\"10.0.0.9:51234\",\"action\":\"drop\",\"reason\":\"http_connect\","
                        + "\"detail\":\"CONNECT \\\"example.com:443\\\"\",\"advice\":\"This is a transparent gateway"
                        + " and needs no proxy setting: remove -x / https_proxy from the client.\","
                        + "\"duration_ms\":0.4}");
    }

    @Test
    void a_misuse_in_text_keeps_its_columns() {
        assertThat(Format.TEXT.line(Reports.misuse()))
                .startsWith("2026-11-21T12:00:00.120Z 10 egress 10.0.0.9:51234 - - alpn=- tls=- ech=- rule=- drop"
                        + " http_connect \"CONNECT 'example.com:443'\" would_drop=- mismatch=- addresses=- upstream=- ms=-/-/-/0.4 bytes=-/-"
                        + " relay=- end=- generation=- | This is a transparent gateway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\r\n\t\u007f",
                "\u001b[31mred\u001b[0m",
                "\"quoted\" \\ and {\"json\":1}",
                "line\u2028separator\u2029",
                "lone \ud800 and \udc00",
                "\u009b31m \u00e9\u202e \ud83d\ude00"
            })
    void a_hostile_text_stays_one_line_of_printable_ascii(String hostile) {
        SessionReport report = Reports.saying(hostile);
        for (Format format : Format.values()) {
            assertThat(format.line(report)).matches("[ -~]+");
        }
        assertThat(AccessJson.of(new LiveSession(Phase.DNS, report))).matches("[ -~]+");
        assertThat(AccessJson.of(report.hello().orElseThrow())).matches("[ -~]+");
        assertThat(strings(Format.JSON.line(report)))
                .filteredOn(hostile::equals)
                .hasSize(7);
    }

    @Test
    void a_text_value_cannot_end_its_own_column() {
        assertThat(Format.TEXT.line(Reports.saying("x\" pass rule")))
                .contains(" \"x' pass rule\" would_drop=- mismatch=- addresses=- ")
                .contains(" rule=\"x' pass rule\" ")
                .contains(" alpn=\"x' pass rule,x' pass rule\" ");
    }

    @Test
    void an_escape_that_a_stage_made_is_not_escaped_again_in_text() {
        assertThat(Format.TEXT.line(Reports.saying("a\\x1bz"))).contains(" rule=a\\x1bz drop");
    }

    @Test
    void milliseconds_have_at_most_three_decimals_and_no_exponent() {
        assertThat(List.of(0L, 499L, 500L, 1_000_000L, 1_234_567L, 12_345_678_000_000_000L))
                .extracting(Plain::millis)
                .containsExactly("0", "0", "0.001", "1", "1.235", "12345678000");
    }

    private static List<String> strings(String json) {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getString());
                }
            }
        }
        return strings;
    }
}
