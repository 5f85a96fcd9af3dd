package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.RawSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says what is so: every route is in it, and nothing else is, and its statuses come to pass. */
class OpenApiIT {
    /** Method, path, body and If-Match, in an order in which each comes to pass. */
    private static final List<List<String>> REQUESTS = List.of(
            List.of("POST", "/rules", "{\"match\":\"keep.test\"}"),
            List.of("POST", "/rules", "keep.test\na b"),
            List.of("POST", "/rules", "a b"),
            List.of("POST", "/rules?before=r99", "a.test"),
            List.of("GET", "/rules", ""),
            List.of("POST", "/rules:preview", "a.test"),
            List.of("POST", "/rules:preview", ""),
            List.of("POST", "/rules:preview?before=r99", "a.test"),
            List.of("GET", "/rules/r1", ""),
            List.of("GET", "/rules/r99", ""),
            List.of("PUT", "/rules/r2", "{\"match\":\"keep.test\",\"action\":\"drop\"}"),
            List.of("PUT", "/rules/r1", "{\"match\":\"a b\"}"),
            List.of("PUT", "/rules/r99", "{\"match\":\"a.test\"}"),
            List.of("PUT", "/rules/r1", "{\"match\":\"a.test\"}", "\"1\""),
            List.of("PATCH", "/rules/r1", "{\"reason\":\"x\"}"),
            List.of("PATCH", "/rules/r1", "{\"reason\":[]}"),
            List.of("PATCH", "/rules/r99", "{}"),
            List.of("PATCH", "/rules/r1", "{}", "\"1\""),
            List.of("DELETE", "/rules/r1", ""),
            List.of("DELETE", "/rules/r99", ""),
            List.of("DELETE", "/rules/r2", "", "\"1\""),
            List.of("POST", "/rules:move", "{\"id\":\"r1\",\"before\":\"r2\"}"),
            List.of("POST", "/rules:move", "{}"),
            List.of("POST", "/rules:move", "{\"id\":\"r99\"}"),
            List.of(
                    "POST",
                    "/rules:batch",
                    "{\"operations\":[{\"op\":\"patch\",\"id\":\"r1\",\"rule\":{\"reason\":\"z\"}}]}"),
            List.of("POST", "/rules:batch", "{}"),
            List.of("POST", "/rules:batch", "{\"operations\":[{\"op\":\"remove\",\"id\":\"r99\"}]}"),
            List.of("POST", "/rules:batch", "{\"generation\":1,\"operations\":[{\"op\":\"remove\",\"id\":\"r2\"}]}"),
            List.of("POST", "/rules:import?format=list", "b.test"),
            List.of("POST", "/rules:import", "b.test"),
            List.of("GET", "/rules:export", ""),
            List.of("DELETE", "/rules/r3", ""),
            List.of("POST", "/explain", "{\"sni\":\"a.test\"}"),
            List.of("POST", "/explain", "{}"),
            List.of("GET", "/status", ""),
            List.of("GET", "/connections", ""),
            List.of("GET", "/connections?sni=~", ""),
            List.of("GET", "/log", ""),
            List.of("GET", "/log?reason=none", ""),
            List.of("GET", "/propose", ""),
            List.of("GET", "/propose?fold=1", ""),
            List.of("GET", "/config", ""),
            List.of("POST", "/config:check", ""),
            List.of("POST", "/config:reload", ""),
            List.of("PUT", "/policy/mode", "{\"mode\":\"observe\"}"),
            List.of("PUT", "/policy/mode", "{}"),
            List.of("POST", "/login", "{\"token\":\"TOKEN\"}"),
            List.of("POST", "/login", "{\"token\":\"other\"}"),
            List.of("POST", "/login", "{}"),
            List.of("POST", "/logout", ""),
            List.of("DELETE", "/connections/ID", ""),
            List.of("DELETE", "/connections/none", ""),
            List.of("GET", "/log/ID", ""),
            List.of("GET", "/log/none", ""),
            List.of("HEAD", "/log/stream", ""),
            List.of("GET", "/log/stream?rate=0", ""),
            List.of("GET", "/openapi.json", ""));

    private static final String HOST = "Host: localhost\r\n";

    private static final List<Refused> REFUSED = List.of(
            new Refused("400", "?nonsense=1", HOST),
            new Refused("403", "", HOST + "Origin: http://evil.example\r\n"),
            new Refused("413", "", HOST + "Content-Type: text/plain\r\nContent-Length: 1048577\r\n"),
            new Refused("414", "?" + "a".repeat(9000), HOST),
            new Refused("415", "", HOST + "Content-Type: application/x-www-form-urlencoded\r\n"),
            new Refused("421", "", "Host: evil.example\r\n"),
            new Refused("431", "", HOST + "X: " + "a".repeat(9000) + "\r\n"));

    @TempDir
    private static Path directory;

    private static AdminGateway gateway;
    private static JsonLine document;
    private static Map<String, Set<String>> documented;

    @BeforeAll
    static void start() throws Exception {
        gateway = new AdminGateway(
                directory, "policy.default-action=passthrough", "policy.tests=[{sni=keep.test, expect=passthrough}]");
        document = JsonLine.parse(gateway.get("/openapi.json").body());
        documented = statuses(document);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void every_route_is_documented_and_there_is_no_other() {
        Set<String> routes = AdminApi.router(null, new Traffic(1), null).names().stream()
                .filter(name -> name.contains(" " + AdminApi.ROOT + "/") && !name.startsWith("HEAD "))
                .map(name -> name.replace(AdminApi.ROOT, ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented.keySet()).isEqualTo(routes);
    }

    @Test
    void each_status_comes_to_pass_and_no_other() throws Exception {
        Map<String, Set<String>> seen = new TreeMap<>();
        try (RawSocket silent = RawSocket.connect(gateway.address())) {
            gateway.observer().awaitOpened(1);
            for (List<String> request : REQUESTS) {
                note(request, send(request), seen);
            }
        }
        send(List.of("POST", "/rules", "{\"match\":\"last.test\"}"));
        Files.createDirectory(directory.resolve("rules.json.next"));
        List<List<String>> again = new ArrayList<>(REQUESTS);
        again.add(List.of("POST", "/rules:move", "{\"id\":\"r4\",\"before\":\"r1\"}"));
        again.add(List.of("DELETE", "/rules/r4", ""));
        for (List<String> request : again) {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() == 500) {
                note(request, answer, seen);
            }
        }
        Files.writeString(gateway.file(), "peekgate { oops");
        List<String> reload = List.of("POST", "/config:reload", "");
        note(reload, send(reload), seen);
        Files.writeString(directory.resolve("rules.json"), "oops");
        List<String> mode = List.of("PUT", "/policy/mode", "{\"mode\":\"enforce\"}");
        note(mode, send(mode), seen);
        List<String> drain = List.of("POST", "/drain", "");
        note(drain, send(drain), seen);
        assertThat(seen.keySet()).isEqualTo(documented.keySet());
        seen.forEach((route, statuses) -> {
            Set<String> expected = new TreeSet<>(documented.get(route));
            expected.removeAll(Set.of("default", "503"));
            assertThat(statuses).as(route).isEqualTo(expected);
        });
    }

    @Test
    void what_any_request_may_be_refused_with_is_documented_once_and_for_all() throws Exception {
        Map<String, Object> responses = fields(fields(document.fields(), "components"), "responses");
        String documentedOnce = fields(responses, "Refusal").toString().replaceFirst(".*enum=\\[([^]]*)].*", "$1");
        Set<String> refusals = Set.of(documentedOnce.split(", ", -1));
        for (Map.Entry<String, Set<String>> route : documented.entrySet()) {
            assertThat(route.getValue()).as(route.getKey()).contains("default");
            String[] name = route.getKey().replace("{id}", "r1").split(" ", -1);
            for (Refused refused : REFUSED) {
                String answer = refused.ask(name[0], name[1]);
                assertThat(answer)
                        .as(route.getKey())
                        .startsWith("HTTP/1.1 " + refused.status() + " ")
                        .contains("content-type: application/problem+json");
                assertThat(refusals).contains(refused.status());
            }
        }
    }

    /** @param lines between the first, to which {@code query} belongs, and the token */
    private record Refused(String status, String query, String lines) {
        String ask(String method, String path) throws Exception {
            return gateway.say(method + " /api/v1" + path + query + " HTTP/1.1\r\n" + lines + "Authorization: Bearer "
                    + gateway.token() + "\r\n\r\n");
        }
    }

    @Test
    void nothing_is_answered_without_the_token_but_a_login() throws Exception {
        for (Map.Entry<String, Set<String>> route : documented.entrySet()) {
            String[] name = route.getKey().replace("{id}", "r1").split(" ", -1);
            HttpResponse<String> answer = gateway.send(gateway.request("/api/v1" + name[1])
                    .method(name[0], BodyPublishers.noBody())
                    .build());
            assertThat(answer.statusCode()).as(route.getKey()).isEqualTo(name[1].equals("/login") ? 400 : 401);
        }
    }

    @Test
    void what_is_referred_to_is_there() throws Exception {
        String text = gateway.get("/openapi.json").body();
        JsonLine components = new JsonLine(fields(document.fields(), "components"));
        for (String part : text.split("\"#/components/", -1)) {
            String[] path = part.split("\"", -1)[0].split("/", -1);
            if (path.length == 2) {
                assertThat(fields(components.fields(), path[0])).containsKey(path[1]);
            }
        }
    }

    private static HttpResponse<String> send(List<String> request) throws Exception {
        String[] headers = request.size() > 3 ? new String[] {"If-Match", request.get(3)} : new String[0];
        String path =
                request.get(1).contains("/ID") ? request.get(1).replace("ID", id(request.get(1))) : request.get(1);
        return gateway.send(request.get(0), path, request.get(2).replace("TOKEN", gateway.token()), headers);
    }

    /** Of the connection that is there, or was; the log has it a little later than its end is told. */
    private static String id(String path) throws Exception {
        return path.startsWith("/log")
                ? await().until(() -> ids("/log"), ids -> !ids.isEmpty()).get(0)
                : ids("/connections").stream().findFirst().orElse("over");
    }

    private static List<String> ids(String path) throws Exception {
        return JsonLine.parse(gateway.get(path).body()).list("connections").stream()
                .map(connection -> asMap(connection).get("id").toString())
                .toList();
    }

    private static void note(List<String> request, HttpResponse<String> answer, Map<String, Set<String>> seen) {
        String path = request.get(1).replaceFirst("\\?.*", "").replaceFirst("/(r\\d+|ID|none)$", "/{id}");
        seen.computeIfAbsent(request.get(0).replace("HEAD", "GET") + " " + path, route -> new TreeSet<>())
                .add(String.valueOf(answer.statusCode()));
    }

    /** By method and path. */
    private static Map<String, Set<String>> statuses(JsonLine document) {
        Map<String, Set<String>> statuses = new TreeMap<>();
        fields(document.fields(), "paths")
                .forEach((path, operations) -> asMap(operations).forEach((method, operation) -> {
                    if (!method.equals("parameters")) {
                        statuses.put(
                                method.toUpperCase(Locale.ROOT) + " " + path,
                                fields(asMap(operation), "responses").keySet());
                    }
                }));
        return statuses;
    }

    private static Map<String, Object> fields(Map<String, Object> object, String key) {
        assertThat(object).containsKey(key);
        return asMap(object.get(key));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object object) {
        return (Map<String, Object>) object;
    }
}
