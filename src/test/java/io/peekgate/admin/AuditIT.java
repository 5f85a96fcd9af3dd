package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.report.Format;
import io.peekgate.report.Logging;
import io.peekgate.testkit.AdminGateway;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server log tells of those who use the admin API. */
class AuditIT {
    @TempDir
    private Path directory;

    @Test
    void changes_and_attempts_at_them_are_told_and_questions_are_not() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (Logging log = Logging.start("error", Format.TEXT, err);
                AdminGateway gateway = new AdminGateway(directory)) {
            gateway.send("POST", "/explain", "{\"sni\":\"a.test\"}");
            gateway.send("POST", "/explain", "{oops");
            gateway.send("POST", "/rules:preview", "a.test");
            gateway.send("POST", "/config:check", "");
            gateway.get("/rules");
            gateway.send("POST", "/rules:import?format=list&dry-run=true", "a.test");
            gateway.send("POST", "/rules", "{\"match\":\"a.test\"}");
            gateway.send("DELETE", "/rules/r1?/api/v1/explain", "");
            gateway.send("DELETE", "/rules/r1", "");
            gateway.send("DELETE", "/explain", "");
            gateway.send("PATCH", "/rules/r1", "{}");
        }
        List<String> told = err.toString(UTF_8)
                .lines()
                .filter(line -> line.contains(" audit: ")) // other tests' leaks may be told meanwhile
                .map(line -> line.replaceFirst(".* audit: ", "").replaceFirst(":\\d+:", ":"))
                .toList();
        assertThat(told)
                .containsExactly(
                        "POST /api/v1/rules:import from 127.0.0.1: 200, nothing imported",
                        "POST /api/v1/rules from 127.0.0.1: 201, added r1 (passthrough a.test)",
                        "DELETE /api/v1/rules/r1 from 127.0.0.1: 400",
                        "DELETE /api/v1/rules/r1 from 127.0.0.1: 204, removed r1 (passthrough a.test)",
                        "DELETE /api/v1/explain from 127.0.0.1: 405",
                        "PATCH /api/v1/rules/r1 from 127.0.0.1: 404");
    }
}
