package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.SessionReport;
import io.peekgate.report.Format;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.Backend;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.RawSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Status, connections and log of a gateway that lets pass.example through. */
@Timeout(30)
class TrafficApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Backend backend;
    private AdminGateway gateway;

    @BeforeEach
    void start() throws Exception {
        backend = new Backend();
        gateway = new AdminGateway(
                directory,
                "admin.recent=20",
                "policy.default-action=drop",
                "policy.rules=[{ name = through, match = pass.example, target = \"127.0.0.1:" + backend.port()
                        + "\", allow-private = true }]");
    }

    @AfterEach
    void stop() throws Exception {
        backend.close();
        gateway.close();
    }

    private RawSocket say(String name) throws IOException {
        byte[] hello =
                Hellos.again(Hellos.hello().sni(name).supportedVersions(0x0304).wire());
        return RawSocket.connect(gateway.address()).send(hello);
    }

    private SessionReport drop(String name) throws IOException {
        try (RawSocket client = say(name)) {
            client.hearToTheEnd();
        }
        return gateway.observer().awaitOne();
    }

    private JsonLine get(String path) throws Exception {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).matches("[ -~]+\n");
        return JsonLine.parse(answer.body());
    }

    private List<Map<String, Object>> connections(String path) throws Exception {
        return objects(get(path), "connections");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(JsonLine json, String field) {
        return (List<Map<String, Object>>) json.list(field);
    }

    @SuppressWarnings("unchecked")
    private static JsonLine object(JsonLine json, String field) {
        return new JsonLine((Map<String, Object>) json.fields().get(field));
    }

    @Test
    void log_and_api_tell_the_same_of_a_connection_while_it_lives_and_after() throws Exception {
        Map<String, Object> live;
        try (RawSocket client = say("pass.example")) {
            backend.accept();
            live = await().atMost(PATIENCE)
                    .until(
                            () -> connections("/connections"),
                            found -> found.size() == 1
                                    && "relay".equals(found.get(0).get("phase")))
                    .get(0);
        }
        backend.close();
        Map<String, Object> line =
                JsonLine.parse(Format.JSON.line(gateway.observer().awaitOne())).fields();
        assertThat(connections("/log")).containsExactly(line);
        JsonLine one = get("/log/" + line.get("id"));
        assertThat(object(one, "connection").fields()).isEqualTo(line);
        for (String field : List.of("time", "id", "listener", "source", "sni", "tls", "rule", "upstream", "peek_ms")) {
            assertThat(live).containsEntry(field, line.get(field));
        }
        assertThat(live).doesNotContainKeys("reason", "action", "end");
    }

    @Test
    void live_connections_are_found_by_name_and_source_and_the_newest_first() throws Exception {
        try (RawSocket silent = RawSocket.connect("127.0.0.2", gateway.address());
                RawSocket passing = say("pass.example")) {
            backend.accept();
            await().atMost(PATIENCE)
                    .until(() -> connections("/connections?sni=*.example").size() == 1);
            await().atMost(PATIENCE).until(() -> connections("/connections").size() == 2);
            assertThat(connections("/connections?source=127.0.0.2"))
                    .extracting(live -> live.get("source"))
                    .containsExactly("127.0.0.2:" + silent.port());
            assertThat(connections("/connections?source=127.0.0.2&sni=**")).isEmpty();
            assertThat(get("/connections?source=127.0.0.2&limit=1").number("searched"))
                    .isEqualTo(2);
            assertThat(get("/connections?limit=1").number("searched")).isEqualTo(1);
            assertThat(get("/connections?limit=1").number("total")).isEqualTo(2);
            assertThat(connections("/connections?limit=1")).hasSize(1);
            assertThat(connections("/connections?source=127.0.0.1/32&limit=1"))
                    .extracting(live -> live.get("source"))
                    .containsExactly("127.0.0.1:" + passing.port());
        }
    }

    @Test
    void a_kill_ends_one_and_is_found_by_its_reason() throws Exception {
        try (RawSocket client = say("pass.example");
                RawSocket server = backend.accept()) {
            String id = await().atMost(PATIENCE)
                    .until(
                            () -> connections("/connections"),
                            found -> found.size() == 1
                                    && "relay".equals(found.get(0).get("phase")))
                    .get(0)
                    .get("id")
                    .toString();
            assertThat(gateway.send("DELETE", "/connections/" + id, "").statusCode())
                    .isEqualTo(204);
            client.hearToTheEnd();
            server.hearToTheEnd();
            gateway.observer().awaitOne();
            assertThat(connections("/log?reason=killed"))
                    .extracting(line -> line.get("id"))
                    .containsExactly(id);
            assertThat(gateway.send("DELETE", "/connections/" + id, "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void the_log_is_filtered_and_limited_and_the_newest_come_first() throws Exception {
        for (String name : List.of("a.example", "b.example", "x.b.example")) {
            drop(name);
        }
        assertThat(connections("/log"))
                .extracting(line -> line.get("sni"))
                .containsExactly("x.b.example", "b.example", "a.example");
        assertThat(connections("/log?limit=2")).hasSize(2);
        assertThat(connections("/log?sni=.b.example&drops=true&limit=1"))
                .extracting(line -> line.get("sni"))
                .containsExactly("x.b.example");
        assertThat(connections("/log?action=pass")).isEmpty();
        assertThat(gateway.get("/log?source=nowhere").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/log?limit=10001").body()).contains("limit: a number from 1 to 10000 is expected");
        assertThat(gateway.get("/log?name=x").statusCode()).isEqualTo(400);
    }

    @Test
    void why_one_went_as_it_did_is_told_with_what_was_offered_and_asked() throws Exception {
        String id = drop("a.example").id();
        JsonLine one = get("/log/" + id);
        assertThat(one.text("sentence")).isEqualTo("No rule matched and policy.default-action is drop.");
        assertThat(object(one, "hello").text("sni")).isEqualTo("a.example");
        assertThat(object(one, "hello").has("bytes")).isTrue();
        assertThat(one.has("explanation")).isTrue();
        assertThat(one.fields()).containsEntry("changed", false);
        gateway.gateway().reload(gateway.gateway().config());
        assertThat(get("/log/" + id).fields()).containsEntry("changed", true);
        assertThat(gateway.get("/log/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void one_whose_policy_was_never_asked_has_no_explanation() throws Exception {
        try (RawSocket client = RawSocket.connect(gateway.address()).send(new byte[] {1, 2, 3, 4, 5, 6, 7, 8})) {
            client.hearToTheEnd();
        }
        JsonLine one = get("/log/" + gateway.observer().awaitOne().id());
        assertThat(one.has("explanation")).isFalse();
        assertThat(one.has("hello")).isFalse();
        assertThat(one.fields()).containsEntry("changed", false);
    }

    @Test
    void what_is_shown_of_a_hostile_client_is_printable_ascii() throws Exception {
        byte[] hello = Hellos.hello()
                .sni("<b>\u0007.example")
                .supportedVersions(0x0304)
                .wire();
        try (RawSocket client = RawSocket.connect(gateway.address()).send(hello)) {
            client.hearToTheEnd();
        }
        String id = gateway.observer().awaitOne().id();
        get("/log");
        get("/log/" + id);
        get("/status");
    }

    /** Events line by line; fails if none comes for 10 s, which the comments in silence do not hide. */
    private BufferedReader stream(String query, String... header) throws IOException {
        URI uri = gateway.request("/api/v1/log/stream" + query).build().uri();
        URLConnection connection = uri.toURL().openConnection();
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + gateway.token());
        if (header.length > 0) {
            connection.setRequestProperty(header[0], header[1]);
        }
        assertThat(connection.getContentType()).isEqualTo("text/event-stream; charset=utf-8");
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    }

    @Test
    void the_stream_tells_what_comes_from_now_on_and_goes_on_where_it_was_left() throws Exception {
        drop("before.example");
        String firstId;
        try (BufferedReader events = stream("?sni=*.example")) {
            drop("a.example");
            drop("other.test");
            String line = Format.JSON.line(drop("b.example"));
            Iterator<String> lines = events.lines().iterator();
            firstId = lines.next();
            assertThat(firstId).matches("id: \\d+");
            assertThat(lines.next()).isEqualTo("event: connection");
            assertThat(lines.next()).startsWith("data: {").contains("\"sni\":\"a.example\"");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.next()).isEqualTo("id: " + (Long.parseLong(firstId.substring(4)) + 2));
            lines.next();
            assertThat(lines.next()).isEqualTo("data: " + line);
        }
        try (BufferedReader events = stream("", "Last-Event-ID", firstId.substring(4))) {
            assertThat(events.lines().limit(3).toList().get(2)).contains("\"sni\":\"other.test\"");
        }
    }

    @Test
    void a_stream_asks_for_its_rate_and_for_nothing_else() throws Exception {
        try (BufferedReader events = stream("?rate=1")) {
            for (int i = 0; i < 5; i++) {
                drop("a.example");
            }
            assertThat(events.lines()
                            .filter(line -> line.equals("event: skipped"))
                            .findFirst())
                    .isPresent();
        }
        assertThat(gateway.get("/log/stream?rate=0").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/log/stream?limit=5").statusCode()).isEqualTo(400);
        assertThat(gateway.send("GET", "/log/stream", "", "Last-Event-ID", "x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void asking_for_the_head_of_the_stream_begins_none() throws Exception {
        String request = "HEAD /api/v1/log/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer " + gateway.token() + "\r\n\r\n";
        try (RawSocket client = RawSocket.connect(gateway.admin()).send(Bytes.latin1(request))) {
            assertThat(new String(client.hearToFin(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("text/event-stream")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void status_tells_what_was_and_what_is() throws Exception {
        drop("a.example");
        drop("a.example");
        try (RawSocket passing = say("pass.example")) {
            backend.accept();
            await().atMost(PATIENCE)
                    .until(() -> object(get("/status"), "connections").number("relaying") == 1);
            JsonLine status = get("/status");
            assertThat(status.text("version")).isEqualTo("1.2.3");
            assertThat(status.text("state")).isEqualTo("running");
            assertThat(status.text("mode")).isEqualTo("enforce");
            assertThat(status.text("default_action")).isEqualTo("drop");
            assertThat(status.number("generation")).isEqualTo(1);
            assertThat(status.number("uptime_seconds")).isPositive();
            assertThat(object(status, "rules").fields()).hasToString("{runtime=0, file=1}");
            Map<String, Object> listener = objects(status, "listeners").get(0);
            assertThat(listener)
                    .containsEntry("bind", "127.0.0.1:" + gateway.address().getPort())
                    .containsKeys("name", "type", "capture", "relay", "transport");
            assertThat(object(status, "connections").fields())
                    .hasToString("{total=2, active=1, peeking=0, dialling=0, relaying=1,"
                            + " actions={pass=0, drop=2, fail=0}, reasons={default_drop=2}, would_drop=0}");
            assertThat(object(status, "top").fields())
                    .hasToString("{of=2, names=[{name=a.example, connections=2, refused=2}],"
                            + " clients=[{source=127.0.0.1, connections=2, refused=2}]}");
            assertThat(object(status, "log").fields()).hasToString("{lost=0, recent=20}");
            assertThat(status.has("reload")).isFalse();
        }
        backend.close();
        gateway.observer().awaitOne();
        assertThat(object(get("/status"), "bytes").number("up")).isGreaterThan(100);
    }

    @Test
    void the_history_is_sampled_by_itself() throws Exception {
        drop("a.example");
        await().atMost(PATIENCE)
                .until(() ->
                        !objects(object(get("/status"), "history"), "samples").isEmpty());
        Map<String, Object> first =
                objects(object(get("/status"), "history"), "samples").get(0);
        assertThat(first).containsKeys("time", "pass", "drop", "fail", "active", "reasons");
    }
}
