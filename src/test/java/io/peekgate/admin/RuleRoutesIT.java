package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.StoredRule;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, one by one. */
class RuleRoutesIT {
    @TempDir
    private Path directory;

    private AdminGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("ads.txt"), "a.ads.test\nb.ads.test\n");
        Files.writeString(directory.resolve("peekgate.conf"), """
                peekgate {
                  listeners = [ { bind = "127.0.0.1:0" } ]
                  policy.rules = [
                    { name = ads, match-file = ads.txt, action = drop }
                    { match = c.test, enabled = false, reason = "why" }
                  ]
                  policy.tests = [ { sni = must.test, expect = drop } ]
                }
                """);
        gateway = new AdminGateway(directory);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r1;x", "%72%31", "a:b", "~", "..", "r1%2f"})
    void who_names_a_rule_or_a_connection_by_anything_else_hears_that_there_is_none(String id) throws Exception {
        for (String path : List.of("/rules/", "/connections/")) {
            HttpResponse<String> answer = gateway.send("DELETE", path + id, "");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(JsonLine.parse(answer.body()).text("detail"))
                    .startsWith("there is no ")
                    .contains(" " + id);
        }
    }

    @Test
    void all_rules_are_listed_in_their_order_with_their_hits() throws Exception {
        add("{\"match\":\"a.ads.test\"}");
        ask("a.ads.test", "a.ads.test", "b.ads.test");
        HttpResponse<String> answer = gateway.get("/rules");
        String file = gateway.file().toString();
        assertThat(answer.headers().firstValue("etag")).contains("\"2\"");
        assertThat(answer.body())
                .isEqualTo("{\"generation\":2,\"rules\":["
                        + "{\"id\":\"r1\",\"version\":2,\"match\":[\"a.ads.test\"],\"action\":\"passthrough\",\"origin\":\""
                        + directory.resolve("rules.json") + "\",\"editable\":true,\"hits\":2},"
                        + "{\"name\":\"ads\",\"match-file\":[\"" + directory.resolve("ads.txt")
                        + "\"],\"action\":\"drop\",\"origin\":\"" + file
                        + ":4\",\"editable\":false,\"hits\":1,\"patterns\":2},"
                        + "{\"match\":[\"c.test\"],\"action\":\"passthrough\",\"enabled\":false,\"reason\":\"why\",\"origin\":\""
                        + file + ":5\",\"editable\":false,\"hits\":0}]}\n");
    }

    @Test
    void a_rule_of_a_file_goes_on_being_counted_over_a_reload_that_leaves_it_as_it_is() throws Exception {
        ask("a.ads.test", "b.ads.test");
        gateway.send("PUT", "/policy/mode", "{\"mode\":\"observe\"}");
        assertThat(gateway.get("/rules").body()).contains("\"hits\":2,\"patterns\":2");
        String conf = Files.readString(gateway.file());
        Files.writeString(gateway.file(), conf.replace("name = ads, ", "name = ads, ports = 443, "));
        gateway.send("POST", "/config:reload", "");
        assertThat(gateway.get("/rules").body()).contains("\"hits\":0,\"patterns\":2");
    }

    @Test
    void the_whole_life_of_a_rule() throws Exception {
        HttpResponse<String> made = add("{\"match\":\"a.test\",\"reason\":\"x\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("location")).contains("/api/v1/rules/r1");
        assertThat(made.headers().firstValue("etag")).contains("\"2\"");
        assertThat(JsonLine.parse(made.body()).text("id")).isEqualTo("r1");
        assertThat(gateway.get("/rules/r1").body()).isEqualTo(made.body());

        HttpResponse<String> patched =
                gateway.send("PATCH", "/rules/r1", "{\"action\":\"drop\",\"reason\":null}", "If-Match", "\"2\"");
        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(patched.headers().firstValue("etag")).contains("\"3\"");
        assertThat(JsonLine.parse(patched.body()).text("action")).isEqualTo("drop");
        assertThat(JsonLine.parse(patched.body()).has("reason")).isFalse();

        HttpResponse<String> put = gateway.send("PUT", "/rules/r1", "{\"match\":\"b.test\"}", "If-Match", "\"3\"");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(JsonLine.parse(put.body()).list("match")).isEqualTo(List.of("b.test"));

        assertThat(gateway.send("DELETE", "/rules/r1", "").statusCode()).isEqualTo(204);
        assertThat(gateway.get("/rules/r1").statusCode()).isEqualTo(404);
        assertThat(ids()).isEmpty();
    }

    @Test
    void a_rule_can_be_put_before_another() throws Exception {
        add("{\"match\":\"a.test\"}");
        assertThat(gateway.send("POST", "/rules?before=r1", "{\"match\":\"b.test\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(ids()).containsExactly("r2", "r1");
    }

    @ParameterizedTest
    @CsvSource({"PUT, {\"match\":\"b.test\"}", "PATCH, {}", "DELETE,"})
    void who_has_an_old_version_changes_nothing(String method, String body) throws Exception {
        add("{\"match\":\"a.test\"}");
        gateway.send("PATCH", "/rules/r1", "{\"reason\":\"y\"}");
        String text = body == null ? "" : body;
        for (String tag : List.of("\"2\"", "W/\"3\"", "3")) {
            HttpResponse<String> answer = gateway.send(method, "/rules/r1", text, "If-Match", tag);
            assertThat(answer.statusCode()).as(tag).isEqualTo(412);
        }
        assertThat(gateway.send(method, "/rules/r9", text).statusCode()).isEqualTo(404);
        assertThat(generation()).isEqualTo(3);
        assertThat(gateway.send(method, "/rules/r1", text, "If-Match", "*").statusCode())
                .isLessThan(300);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"match":"a.test","prots":[443]}         | prots: unknown key; did you mean "ports"?
            {"match":7,"enabled":"yes"}              | "yes" is neither true nor false
            {"match":{"a":1}}                        | one value is expected, not a block
            {"match":[]}                             | an empty list
            {"match":"a b.test"}                     | a b.test
            {"match":"~("}                           | ~(
            {"match":"a.test","action":"drop","target":"b.test:1"} | a rule that drops has no target
            {"match":"a.test","listeners":"lan"}     | "lan" is no listener
            {"id":"r7","match":"a.test"}             | id: unknown key
            {"match":"a.test","match":"b.test"}      | no JSON from column
            {                                        | no JSON from column
            {"match":"must.test"}                    | policy test of must.test: drop is expected, but it passes
            """)
    void what_is_no_rule_is_refused_with_the_reason(String body, String detail) throws Exception {
        add("{\"match\":\"a.test\"}");
        for (HttpResponse<String> answer :
                List.of(gateway.send("POST", "/rules", body), gateway.send("PUT", "/rules/r1", body))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JsonLine.parse(answer.body()).text("detail")).contains(detail);
        }
        assertThat(generation()).isEqualTo(2);
    }

    @Test
    void a_failing_policy_test_is_told_with_its_trace() throws Exception {
        String detail = detail(add("{\"match\":\"must.test\"}"));
        assertThat(detail).contains("asked     must.test:", "decided   by rule r1");
    }

    @Test
    void a_patch_is_judged_with_what_it_patches() throws Exception {
        add("{\"match\":\"a.test\",\"target\":\"b.test:443\"}");
        HttpResponse<String> answer = gateway.send("PATCH", "/rules/r1", "{\"action\":\"drop\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(detail(answer)).contains("a rule that drops has no target");
        assertThat(detail(gateway.send("PATCH", "/rules/r1", "{\"prots\":1}"))).contains("did you mean \"ports\"?");
    }

    @Test
    void depth_without_end_is_no_json() throws Exception {
        String deep = "{\"match\":" + "[".repeat(100_000);
        for (String path : List.of("/rules", "/rules:batch", "/rules:move", "/rules:preview", "/explain")) {
            HttpResponse<String> answer = gateway.send("POST", path, deep);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(detail(answer)).startsWith("body: no JSON: ");
        }
    }

    @Test
    void file_rules_are_not_to_be_changed_here() throws Exception {
        assertThat(gateway.send("DELETE", "/rules/ads", "").statusCode()).isEqualTo(404);
        assertThat(detail(gateway.get("/rules/rule-1"))).contains("among those made at run time");
        assertThat(gateway.send("POST", "/rules?before=rule-1", "{\"match\":\"a.test\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.get("/rules?x=1").statusCode()).isEqualTo(400);
    }

    @Test
    void a_state_that_cannot_be_written_stays_and_is_told_of() throws Exception {
        add("{\"match\":\"a.test\"}");
        Files.createDirectory(directory.resolve("rules.json.next"));
        HttpResponse<String> answer = add("{\"match\":\"b.test\"}");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(detail(answer)).contains("nothing is changed");
        assertThat(ids()).containsExactly("r1");
    }

    private HttpResponse<String> add(String rule) throws Exception {
        return gateway.send("POST", "/rules", rule);
    }

    private static String detail(HttpResponse<String> answer) {
        return JsonLine.parse(answer.body()).text("detail");
    }

    private List<String> ids() {
        return gateway.gateway().rules().current().rules().rules().stream()
                .map(StoredRule::id)
                .toList();
    }

    private long generation() {
        return gateway.gateway().rules().current().generation();
    }

    private void ask(String... names) {
        for (String name : names) {
            gateway.gateway()
                    .policy()
                    .decide(new Request(
                            "egress",
                            InetAddress.getLoopbackAddress(),
                            Optional.of(ServerName.of(name)),
                            443,
                            List.of(),
                            Optional.empty()));
        }
    }
}
