package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.peekgate.config.JsonText;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Tunnel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What not even those who have the token can do: they steer the gateway, not its host, and cannot wear it out at once. */
@Timeout(60)
class TokenHolderIT {
    private static final String SECRET = "root:$6$salt$hash:19000:0:99999:7:::";

    @TempDir
    private Path directory;

    @TempDir
    private Path elsewhere;

    private AdminGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(elsewhere.resolve("named.txt"), "b.ads.test\n");
        Files.writeString(elsewhere.resolve("shadow"), SECRET + "\n");
        Files.writeString(directory.resolve("peekgate.conf"), """
                peekgate {
                  listeners = [ { bind = "127.0.0.1:0" } ]
                  policy.rules = [ { match-file = "%s", action = drop } ]
                }
                """.formatted(elsewhere.resolve("named.txt")));
        gateway = new AdminGateway(directory);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void a_file_that_is_not_the_configurations_cannot_be_read_nor_found_by_a_rule() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), elsewhere.resolve("shadow"));
        gateway.send("POST", "/rules", "{\"match\":\"a.test\"}");
        String there = elsewhere.resolve("shadow").toString();
        for (String file : List.of(there, directory.resolve("link").toString(), directory + "/../../" + there)) {
            String rule = "{\"match-file\":\"" + file + "\"}";
            refused(gateway.send("POST", "/rules", rule));
            refused(gateway.send("PUT", "/rules/r1", rule));
            refused(gateway.send("PATCH", "/rules/r1", rule));
            refused(gateway.send("POST", "/rules:batch", "{\"operations\":[{\"op\":\"add\",\"rule\":" + rule + "}]}"));
            refused(gateway.send(
                    "POST",
                    "/rules:batch",
                    "{\"operations\":[{\"op\":\"patch\",\"id\":\"r1\",\"rule\":" + rule + "}]}"));
            String many = "{\"patterns\":[\"b.test\"],\"match-file\":\"" + file + "\"}";
            refused(gateway.send("POST", "/rules", many));
            refused(gateway.send("POST", "/rules:preview", many));
        }
        String missing = elsewhere.resolve("missing").toString();
        String of = gateway.send("POST", "/rules", "{\"match-file\":\"" + there + "\"}")
                .body();
        assertThat(gateway.send("POST", "/rules", "{\"match-file\":\"" + missing + "\"}")
                        .body())
                .isEqualTo(of.replace(there, missing));
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("salt");
    }

    @Test
    void a_file_that_a_rule_of_the_configuration_names_may_be_named() throws Exception {
        String rule = "{\"match-file\":\"" + elsewhere.resolve("named.txt") + "\"}";
        assertThat(gateway.send("POST", "/rules", rule).statusCode()).isEqualTo(201);
        assertThat(gateway.send("PATCH", "/rules/r1", "{\"enabled\":false}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_bulk_has_no_files_which_would_be_read_for_each_line() throws Exception {
        String body = "{\"patterns\":[\"a.test\"],\"match-file\":\"" + elsewhere.resolve("named.txt") + "\"}";
        assertThat(gateway.send("POST", "/rules", body).statusCode()).isEqualTo(400);
    }

    @Test
    void a_bulk_cannot_grow_to_many_times_its_size() throws Exception {
        String patterns = "\"a\",".repeat(4000) + "\"a\"";
        String body = "{\"patterns\":[" + patterns + "],\"reason\":\"" + "x".repeat(20_000) + "\"}";
        HttpResponse<String> answer = gateway.send("POST", "/rules", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonLine.parse(answer.body()).text("detail")).contains("less");
    }

    @Test
    void a_text_that_is_no_unicode_is_refused() throws Exception {
        assertThat(gateway.send("POST", "/rules", "{\"match\":\"a.test\",\"reason\":\"\\ud800\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_text_that_is_no_unicode_is_not_imported_either() throws Exception {
        gateway.send("POST", "/rules:import?format=nectoproxy", "[{\"domain\":\"a.test\",\"reason\":\"\\ud800\"}]");
        assertThat(gateway.send("POST", "/config:reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_query_with_a_broken_escape_is_refused() throws Exception {
        String answer = gateway.say("GET /api/v1/log?sni=%zz HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + gateway.token() + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void no_edit_is_made_where_two_versions_are_demanded() throws Exception {
        gateway.send("POST", "/rules", "{\"match\":\"a.test\"}");
        HttpResponse<String> answer = gateway.send("DELETE", "/rules/r1", "", "If-Match", "\"8\"", "If-Match", "\"9\"");
        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(gateway.get("/rules/r1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "*1", ":", "a*", "1.", "(", "\\", "\"", "-"})
    void no_pattern_takes_long_to_be_refused(String repeated) throws Exception {
        String line = repeated.repeat(200_000) + "x";
        for (String path : List.of("/rules:preview", "/rules", "/rules:import?format=list")) {
            HttpResponse<String> answer = gateway.send("POST", path, line);
            assertThat(answer.statusCode()).isEqualTo(path.equals("/rules") ? 400 : 200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nectoproxy", "mitmproxy", "nginx-map", "hosts", "list"})
    void no_import_is_too_long_to_be_answered(String format) throws Exception {
        for (String piece : List.of("a", "\"", "\\", "'", "[", "{", "1", ":", "\"\"", "a b;", "- ", "1 ", "~", "a,")) {
            for (String begin : List.of("", "\"", "'")) {
                String body = begin + piece.repeat(20_000);
                String text = body.startsWith("{") ? " " + body : body;
                assertThat(gateway.send("POST", "/rules:import?dry-run=true&format=" + format, text)
                                .statusCode())
                        .as(begin + piece)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_preview_does_not_look_through_all_names_for_an_expression_that_takes_its_time() {
        List<String> names = IntStream.range(0, 200_000)
                .mapToObj(i -> "a".repeat(40) + ".x" + i)
                .toList();
        RulePreview preview = new RulePreview(gateway.gateway().rules().current(), Optional.empty(), "egress", names);
        long begun = System.nanoTime();
        String shown = JsonText.object(json -> preview.write(json, gateway.rule("match=~(a+)+(?=!)")));
        assertThat(shown).contains("\"seen\":[]");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void who_asks_while_too_many_wait_is_told_to_come_again() throws Exception {
        HttpServer.Limits limits = new HttpServer.Limits(1, 0, 1000, 1000, Duration.ofSeconds(10));
        Executor busy = task -> {
            throw new RejectedExecutionException();
        };
        try (HttpServer server = new HttpServer("busy", limits, ask -> Answer.empty(), busy);
                Socket client = new Socket()) {
            ChannelFuture bound = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync();
            client.connect(bound.channel().localAddress());
            client.setSoTimeout(10_000);
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void a_gateway_that_drains_leaves_changes_to_its_successor() throws Exception {
        gateway.send("POST", "/rules", "{\"match\":\"a.test\"}");
        gateway.gateway().drain();
        assertThat(gateway.send("DELETE", "/rules/r1", "").statusCode()).isEqualTo(503);
        assertThat(gateway.send("POST", "/rules", "b.test").statusCode()).isEqualTo(503);
        assertThat(gateway.send("POST", "/rules:batch", "{\"operations\":[{\"op\":\"remove\",\"id\":\"r1\"}]}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(gateway.send("POST", "/config:reload", "").statusCode()).isEqualTo(503);
        assertThat(gateway.send("PUT", "/policy/mode", "{\"mode\":\"observe\"}").statusCode())
                .isEqualTo(503);
        assertThat(gateway.send("POST", "/rules:preview", "b.test").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/rules/r1").statusCode()).isEqualTo(200);
    }

    @Test
    void hits_go_on_where_only_the_mode_changes() throws Exception {
        Tunnel.hello(gateway.address(), "b.ads.test").close();
        gateway.observer().awaitOne();
        assertThat(gateway.gateway().policy().hits(0)).isEqualTo(1);
        assertThat(gateway.send("PUT", "/policy/mode", "{\"mode\":\"observe\"}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.gateway().policy().hits(0)).isEqualTo(1);
    }
}
