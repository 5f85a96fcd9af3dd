package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration through the admin API. */
class ConfigRoutesIT {
    private static final String RULES =
            "peekgate {\n listeners = [ { bind = \"127.0.0.1:0\" } ]\n policy.rules = [\n%s\n]\n}\n";

    @TempDir
    private Path directory;

    private AdminGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("peekgate.conf"), RULES.formatted("{ match = a.test }"));
        gateway = new AdminGateway(directory, "log.level=debug");
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void every_value_in_force_is_told_with_its_origin_whatever_the_files_say_now() throws Exception {
        Files.writeString(gateway.file(), "peekgate { oops");
        JsonLine config = JsonLine.parse(gateway.get("/config").body());
        assertThat(config.list("files").stream().map(Object::toString))
                .contains(gateway.file().toString());
        assertThat(setting(config, "policy.rules[0].match"))
                .containsEntry("value", "\"a.test\"")
                .containsEntry("origin", gateway.file() + ":4");
        assertThat(setting(config, "log.level")).containsEntry("origin", "--set log.level=debug");
        assertThat(setting(config, "dns.attempts")).containsEntry("origin", "built-in defaults");
    }

    @Test
    void a_check_is_of_the_files_as_they_are_now() throws Exception {
        assertThat(check()).isEqualTo("{\"valid\":true,\"problems\":[],\"findings\":[]}\n");
        Files.writeString(gateway.file(), RULES.formatted("{ match = a.test }\n{ match = a.test }"));
        JsonLine found = JsonLine.parse(check());
        assertThat(found.list("findings").toString())
                .contains("place=" + gateway.file() + ":5", "rule=rule-2", "kind=unreachable", "mend=");
        Files.writeString(gateway.file(), RULES.formatted("{ mach = a.test }"));
        assertThat(JsonLine.parse(check()).list("problems").toString())
                .contains(gateway.file() + ":4: policy.rules[0].mach: unknown key; did you mean \"match\"?");
        Files.writeString(gateway.file(), RULES.formatted("{ match = \"a b\" }"));
        assertThat(check()).contains("\"valid\":false", "a b");
    }

    @Test
    void a_check_tells_of_rules_that_traffic_does_without_and_of_those_that_it_would_have_needed() throws Exception {
        Files.writeString(
                gateway.file(),
                RULES.formatted("{ match = a.test }\n{ match = b.test }\n{ match = a.test, enabled = false }"
                        + "\n{ match = c.test, enabled = false }\n{ name = gone, match = d.test }"));
        gateway.send("POST", "/config:reload", "");
        ask(999, "c.test");
        assertThat(kinds(check())).containsExactly("rule-4 disabled");
        ask(1, "a.test");
        Files.writeString(
                gateway.file(),
                RULES.formatted("{ match = a.test }\n{ match = b.test }\n{ match = a.test, enabled = false }"
                        + "\n{ match = c.test, enabled = false }"));

        assertThat(kinds(check())).containsExactly("rule-2 unused", "rule-4 disabled");
        assertThat(check())
                .contains(
                        "has decided none of 1000 connections",
                        "is disabled, and would have decided 999 connections",
                        gateway.file() + ":7");
        gateway.send("POST", "/rules", "new.test");
        assertThat(kinds(check())).as("a new rule has time").containsExactly("rule-2 unused", "rule-4 disabled");
        Files.writeString(gateway.file(), RULES.formatted("{ match = b.test }"));
        gateway.send("POST", "/config:reload", "");
        assertThat(kinds(check())).as("and so has one that has changed").isEmpty();
    }

    private void ask(int times, String name) {
        for (int i = 0; i < times; i++) {
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

    @SuppressWarnings("unchecked")
    private static List<String> kinds(String checked) {
        List<Map<String, String>> findings =
                (List<Map<String, String>>) JsonLine.parse(checked).list("findings");
        return findings.stream()
                .map(finding -> finding.get("rule") + " " + finding.get("kind"))
                .toList();
    }

    @Test
    void a_reload_takes_the_files_over_or_tells_why_not() throws Exception {
        Files.writeString(gateway.file(), RULES.formatted("{ match = b.test }"));
        HttpResponse<String> answer = gateway.send("POST", "/config:reload", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"generation\":2}\n");
        JsonLine config = JsonLine.parse(gateway.get("/config").body());
        assertThat(setting(config, "policy.rules[0].match")).containsEntry("value", "\"b.test\"");

        Files.writeString(gateway.file(), RULES.formatted("{ match = b.test, prots = 1 }"));
        HttpResponse<String> refused = gateway.send("POST", "/config:reload", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(JsonLine.parse(refused.body()).text("detail")).contains("prots: unknown key");
        assertThat(gateway.gateway().rules().current().generation()).isEqualTo(2);
    }

    @Test
    void the_mode_holds_until_the_next_reload() throws Exception {
        HttpResponse<String> answer = gateway.send("PUT", "/policy/mode", "{\"mode\":\"observe\"}");
        assertThat(answer.body()).isEqualTo("{\"mode\":\"observe\",\"generation\":2}\n");
        assertThat(mode()).containsEntry("value", "\"observe\"").containsEntry("origin", "the admin API");
        gateway.send("POST", "/config:reload", "");
        assertThat(mode()).containsEntry("value", "\"enforce\"").containsEntry("origin", "built-in defaults");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"mode\":\"off\"}", "{}", "{\"mod\":\"observe\"}", "{\"mode\":[\"observe\"]}", "observe", "[]"
            })
    void another_mode_is_refused(String body) throws Exception {
        assertThat(gateway.send("PUT", "/policy/mode", body).statusCode()).isEqualTo(400);
        assertThat(gateway.gateway().rules().current().generation()).isEqualTo(1);
    }

    @Test
    void draining_is_begun() throws Exception {
        assertThat(gateway.isAskedToDrain()).isFalse();
        assertThat(gateway.send("POST", "/drain", "").statusCode()).isEqualTo(202);
        assertThat(gateway.isAskedToDrain()).isTrue();
    }

    /** Rules are read anew with it. */
    @Test
    void another_mode_is_counted_and_told_as_a_reload_whether_it_comes_or_not() throws Exception {
        Path list = Files.writeString(directory.resolve("list.txt"), "a.test\n");
        Files.writeString(gateway.file(), RULES.formatted("{ match-file = \"" + list + "\" }"));
        gateway.send("POST", "/config:reload", "");
        gateway.send("PUT", "/policy/mode", "{\"mode\":\"observe\"}");
        assertThat(lastReload()).contains("cause=another mode", "ok=true", "succeeded=2", "failed=0");

        Files.writeString(list, "a b\n");
        HttpResponse<String> refused = gateway.send("PUT", "/policy/mode", "{\"mode\":\"enforce\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(JsonLine.parse(refused.body()).text("detail")).contains(list.toString());
        assertThat(mode()).containsEntry("value", "\"observe\"");
        assertThat(lastReload()).contains("cause=another mode", "ok=false", "succeeded=2", "failed=1");
    }

    private String lastReload() throws Exception {
        return JsonLine.parse(gateway.get("/status").body())
                .fields()
                .get("reload")
                .toString();
    }

    private Map<String, String> mode() throws Exception {
        return setting(JsonLine.parse(gateway.get("/config").body()), "policy.mode");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> setting(JsonLine config, String key) {
        List<Map<String, String>> settings = (List<Map<String, String>>) config.list("settings");
        return settings.stream()
                .filter(setting -> setting.get("key").equals(key))
                .findAny()
                .orElseThrow();
    }

    private String check() throws Exception {
        HttpResponse<String> answer = gateway.send("POST", "/config:check", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
