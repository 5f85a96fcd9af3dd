package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.StoredRule;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of many rules, and rules as files. */
class RuleBatchRoutesIT {
    @TempDir
    private Path directory;

    private AdminGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new AdminGateway(directory, "policy.rules=[{match=c.test}]");
        gateway.send("POST", "/rules", "a.test\nb.test\n");
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void a_batch_is_done_whole_and_tells_the_ids() throws Exception {
        HttpResponse<String> answer = gateway.send("POST", "/rules:batch", """
                {"generation": 2, "operations": [
                  {"op": "add", "rule": {"match": "d.test"}, "before": "r2"},
                  {"op": "patch", "id": "r1", "rule": {"enabled": false}},
                  {"op": "remove", "id": "r2"}]}""");
        assertThat(answer.body())
                .isEqualTo("{\"generation\":3,\"results\":[{\"id\":\"r3\"},{\"id\":\"r1\"},{\"id\":\"r2\"}]}\n");
        assertThat(ids()).containsExactly("r1", "r3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"generation":1,"operations":[{"op":"remove","id":"r1"}]}              | 412
            {"operations":[{"op":"remove","id":"r1"},{"op":"remove","id":"r8"}]}   | 404
            {"operations":[{"op":"remove","id":"r1"},{"op":"drop","id":"r2"}]}     | 400
            {"operations":[{"op":"remove","id":"r1"},{"op":"add","rule":{"match":"a b"}}]} | 400
            """)
    void a_batch_that_cannot_be_leaves_all_as_it_was(String body, int status) throws Exception {
        assertThat(gateway.send("POST", "/rules:batch", body).statusCode()).isEqualTo(status);
        assertThat(ids()).containsExactly("r1", "r2");
    }

    @Test
    void a_rule_moves_before_another_or_to_the_end() throws Exception {
        assertThat(gateway.send("POST", "/rules:move", "{\"id\":\"r2\",\"before\":\"r1\"}")
                        .body())
                .isEqualTo("{\"generation\":3}\n");
        assertThat(ids()).containsExactly("r2", "r1");
        assertThat(gateway.send("POST", "/rules:move", "{\"id\":\"r1\"}").body())
                .as("it is there already")
                .isEqualTo("{\"generation\":3}\n");
        gateway.send("POST", "/rules:move", "{\"id\":\"r2\"}");
        assertThat(ids()).containsExactly("r1", "r2");
        assertThat(gateway.send("POST", "/rules:move", "{\"id\":\"r1\",\"before\":\"r1\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.send("POST", "/rules:move", "{\"before\":\"r1\"}").statusCode())
                .isEqualTo(400);
        assertThat(gateway.send("POST", "/rules:move", "{\"id\":\"r1\",\"after\":\"r2\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ids()).containsExactly("r1", "r2");
    }

    @Test
    void an_import_tells_what_each_entry_becomes_and_a_dry_run_only_that() throws Exception {
        String hosts = "0.0.0.0 ads.test\n127.0.0.1 localhost\n";
        JsonLine dry = imported("hosts&dry-run=true", hosts);
        assertThat(dry.number("added")).isZero();
        assertThat(ids()).hasSize(2);
        JsonLine done = imported("hosts", hosts);
        assertThat(done.list("entries")).isEqualTo(dry.list("entries"));
        assertThat(done.list("entries").toString())
                .contains("place=import:1, text=ads.test, rule={ match = \"ads.test\", action = drop }")
                .contains("place=import:2, text=localhost, remark=it is a name of the machine itself");
        assertThat(done.number("added")).isEqualTo(1);
        assertThat(done.number("generation")).isEqualTo(3);
        assertThat(ids()).containsExactly("r1", "r2", "r3");
        assertThat(imported("nectoproxy", "{\"domains\":[{\"domain\":\"x.test\",\"enabled\":true}]}")
                        .number("added"))
                .isEqualTo(1);
        assertThat(imported("list", "a b\n").number("added")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"?format=hots", "''", "?format=hosts&dry-run=maybe", "?format=hosts&dry=true"})
    void an_import_must_be_understood(String query) throws Exception {
        assertThat(gateway.send("POST", "/rules:import" + query, "0.0.0.0 ads.test\n")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ids()).hasSize(2);
    }

    @Test
    void an_export_is_a_rule_file_of_all_rules() throws Exception {
        HttpResponse<String> answer = gateway.get("/rules:export");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(answer.body()).isEqualTo("""
                rules = [
                  { match = "a.test", action = passthrough }
                  { match = "b.test", action = passthrough }
                  { match = "c.test", action = passthrough }
                ]
                """);
    }

    private JsonLine imported(String query, String body) throws Exception {
        HttpResponse<String> answer = gateway.send("POST", "/rules:import?format=" + query, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonLine.parse(answer.body());
    }

    private List<String> ids() {
        return gateway.gateway().rules().current().rules().rules().stream()
                .map(StoredRule::id)
                .toList();
    }
}
