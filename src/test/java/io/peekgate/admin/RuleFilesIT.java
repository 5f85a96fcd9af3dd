package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.AdminGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files the rules that are sent may name: those in force, and those of rules that were taken away by the API. */
class RuleFilesIT {
    @TempDir
    private Path directory;

    private AdminGateway gateway;
    private String rule;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(directory.resolve("names.txt"), "a.test\n");
        rule = "{\"match-file\":\"" + file + "\"}";
        configure("{ match-file = \"" + file + "\" }");
        gateway = new AdminGateway(directory);
    }

    private void configure(String configured) throws Exception {
        Files.writeString(
                directory.resolve("peekgate.conf"),
                "peekgate { listeners = [ { bind = \"127.0.0.1:0\" } ], policy.rules = [ " + configured + " ] }\n");
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void a_rule_that_was_deleted_can_be_put_back_though_no_other_names_its_file() throws Exception {
        assertThat(status("POST", "/rules", rule)).isEqualTo(201);
        reload("");
        assertThat(status("DELETE", "/rules/r1", "")).isEqualTo(204);
        assertThat(status("POST", "/rules", rule)).isEqualTo(201);
        assertThat(status("POST", "/rules:batch", "{\"operations\":[{\"op\":\"remove\",\"id\":\"r2\"}]}"))
                .isEqualTo(200);
        assertThat(status("POST", "/rules:batch", "{\"operations\":[{\"op\":\"add\",\"rule\":" + rule + "}]}"))
                .isEqualTo(200);
        assertThat(status("PUT", "/rules/r3", "{\"match\":\"b.test\"}")).isEqualTo(200);
        assertThat(status("PUT", "/rules/r3", rule)).isEqualTo(200);
    }

    @Test
    void a_file_that_the_configuration_names_no_more_cannot_be_brought_back() throws Exception {
        assertThat(status("POST", "/rules", "{\"match\":\"b.test\"}")).isEqualTo(201);
        reload("");
        assertThat(status("DELETE", "/rules/r1", "")).isEqualTo(204);
        assertThat(status("POST", "/rules", rule)).isEqualTo(400);
    }

    private void reload(String configured) throws Exception {
        configure(configured);
        assertThat(status("POST", "/config:reload", "")).isEqualTo(200);
    }

    private int status(String method, String path, String body) throws Exception {
        return gateway.send(method, path, body).statusCode();
    }
}
