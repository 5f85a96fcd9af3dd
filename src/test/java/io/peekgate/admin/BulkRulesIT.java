package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.RuleConfig;
import io.peekgate.config.StoredRule;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many rules at once, a line each, and what they would match. */
class BulkRulesIT {
    @TempDir
    private Path directory;

    private AdminGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new AdminGateway(directory, "policy.tests=[{sni=must.test, expect=drop}]");
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void a_text_gives_a_rule_for_each_line_with_its_reason() throws Exception {
        HttpResponse<String> answer = post("/rules", "a.test\n\n# nothing\r\n *.b.test  # too # many\r\n");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo("{\"generation\":2,\"results\":["
                        + "{\"line\":1,\"text\":\"a.test\",\"pattern\":\"a.test\",\"status\":201,\"id\":\"r1\"},"
                        + "{\"line\":4,\"text\":\"*.b.test  # too # many\",\"pattern\":\"*.b.test\",\"status\":201,"
                        + "\"id\":\"r2\"}]}\n");
        assertThat(rules()).containsExactly("a.test PASSTHROUGH ", "*.b.test PASSTHROUGH too # many");
    }

    @Test
    void good_lines_are_added_in_one_edit_and_bad_ones_named() throws Exception {
        HttpResponse<String> answer = post("/rules", """
                {"patterns": ["a.test # mine", "https://b.test", "c.test"], "action": "drop", "reason": "ours"}""");
        assertThat(answer.statusCode()).isEqualTo(207);
        JsonLine line = JsonLine.parse(answer.body());
        assertThat(line.number("generation")).isEqualTo(2);
        Map<?, ?> bad = (Map<?, ?>) line.list("results").get(1);
        assertThat(bad.get("detail").toString()).contains("it has a slash");
        assertThat(bad.get("status")).hasToString("400");
        assertThat(bad.containsKey("id")).isFalse();
        assertThat(rules()).containsExactly("a.test DROP mine", "c.test DROP ours");
    }

    @Test
    void where_no_line_is_good_nothing_is_changed() throws Exception {
        HttpResponse<String> answer = post("/rules", "a b\n");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonLine.parse(answer.body()).list("results")).hasSize(1);
        HttpResponse<String> unfit = post("/rules", "a.test\nmust.test\n");
        assertThat(unfit.statusCode()).isEqualTo(400);
        assertThat(JsonLine.parse(unfit.body()).text("detail")).contains("policy test of must.test");
        assertThat(gateway.gateway().rules().current().generation()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"patterns":[]}                              | there is no pattern
            {"patterns":["# none",""]}                   | there is no pattern
            {"patterns":["a.test"],"prots":1}            | prots: unknown key; did you mean "ports"?
            {"patterns":["a.test"],"match":"b.test"}     | match: the patterns are what the rules match
            {"patterns":[["a.test"]]}                    | one value is expected, not a list
            {"patterns":{"a":1}}                         | one value is expected, not a block
            {"patterns":["a.test"],"action":"allow"}     | "allow" is none of
            """)
    void what_is_wrong_with_all_of_them_is_told_once(String body, String detail) throws Exception {
        for (String path : List.of("/rules", "/rules:preview")) {
            HttpResponse<String> answer = post(path, body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JsonLine.parse(answer.body()).text("detail")).contains(detail);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *.b.example    | a.b.example                          | b.example b.a.b.example notb.example
            b.example      | b.example                            | a.b.example b.a.b.example notb.example
            .b.example     | b.example a.b.example b.a.b.example  | notb.example
            **.b.example   | a.b.example b.a.b.example            | b.example notb.example
            *.*.b.example  | b.a.b.example                        | b.example a.b.example c.b.a.b.example notb.example
            a.*.example    | a.a.example                          | a.a.a.example b.a.a.a.example nota.a.example a.b.a.example
            **             | example a.example b.a.example notexample |
            B\u00fccher.example | xn--bcher-kva.example          | a.xn--bcher-kva.example b.a.xn--bcher-kva.example notxn--bcher-kva.example
            ~b\\.example$ |                                     | b.example a.b.example b.a.b.example notb.example
            ~b\\.example:443 | b.example a.b.example b.a.b.example notb.example |
            """)
    void the_matcher_that_serves_judges_the_examples(String pattern, String matches, String misses) throws Exception {
        Map<?, ?> result = previewed("{\"patterns\":[\"" + pattern.replace("\\", "\\\\") + "\"]}");
        assertThat(result.get("valid")).isEqualTo(true);
        assertThat(result.get("matches")).isEqualTo(words(matches));
        assertThat(result.get("misses")).isEqualTo(words(misses));
    }

    @Test
    void other_conditions_than_names_do_not_change_what_a_pattern_matches_but_except_does() throws Exception {
        Map<?, ?> result = previewed("""
                {"patterns": [".b.example"], "ports": [8443], "sources": "10.0.0.0/8", "alpn": "h2", "enabled": false,
                 "except": "a.b.example"}""");
        assertThat(result.get("matches")).isEqualTo(List.of("b.example", "b.a.b.example"));
    }

    @Test
    void a_rule_that_would_decide_before_is_named() throws Exception {
        post("/rules", "{\"match\":\".b.example\",\"sources\":\"10.0.0.0/8\"}");
        post("/rules", "x.example");
        assertThat(previewed("{\"patterns\":[\"a.b.example\"]}").containsKey("shadowed_by"))
                .isFalse();
        assertThat(previewed("{\"patterns\":[\"a.b.example\"],\"sources\":\"10.1.0.0/16\"}")
                        .get("shadowed_by"))
                .isEqualTo("r1");
        assertThat(previewed("{\"patterns\":[\"x.example\"]}").get("shadowed_by"))
                .isEqualTo("r2");
        assertThat(preview("/rules:preview?before=r2", "x.example").containsKey("shadowed_by"))
                .isFalse();
        assertThat(post("/rules:preview?before=r9", "x.example").statusCode()).isEqualTo(404);
    }

    @Test
    void a_line_that_is_no_pattern_is_told_why_and_nothing_is_changed() throws Exception {
        Map<?, ?> result = preview("/rules:preview", "# x\nhttps://b.test\n");
        assertThat(result.get("line")).hasToString("2");
        assertThat(result.get("valid")).isEqualTo(false);
        assertThat(result.get("detail").toString()).contains("it has a slash");
        assertThat(post("/rules:preview", "{\"match\":\"a.test\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("/rules:preview", "a.test\n".repeat(1001)).statusCode()).isEqualTo(400);
        assertThat(gateway.gateway().rules().current().generation()).isEqualTo(1);
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" +"));
    }

    private Map<?, ?> previewed(String body) throws Exception {
        return preview("/rules:preview", body);
    }

    private Map<?, ?> preview(String path, String body) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (Map<?, ?>) JsonLine.parse(answer.body()).list("results").get(0);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return gateway.send("POST", path, body);
    }

    private List<String> rules() {
        return gateway.gateway().rules().current().rules().rules().stream()
                .map(StoredRule::rule)
                .map(BulkRulesIT::text)
                .toList();
    }

    private static String text(RuleConfig rule) {
        return rule.match().get(0) + " " + rule.action() + " " + rule.reason();
    }
}
