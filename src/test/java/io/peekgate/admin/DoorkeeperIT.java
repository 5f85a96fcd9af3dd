package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.JsonLine;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets through to the admin API. */
class DoorkeeperIT {
    @TempDir
    private static Path directory;

    private static AdminGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new AdminGateway(directory, "admin.hosts=[\"Gate.example\"]");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void the_token_is_made_for_its_owner_alone() throws Exception {
        Path file = directory.resolve("admin.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(gateway.token()).hasSize(43);
    }

    @Test
    void without_the_token_nothing_is_told() throws Exception {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/api/v1/status").build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json; charset=utf-8");
        assertThat(JsonLine.parse(answer.body()).text("title")).isEqualTo("Unauthorized");
        assertThat(get("/nothing", "Authorization", "Bearer " + gateway.token() + "x"))
                .isEqualTo(401);
        assertThat(get("/nothing", "Authorization", "Basic " + gateway.token())).isEqualTo(401);
        assertThat(get("/nothing", "Cookie", cookieName() + "=" + gateway.token()))
                .isEqualTo(401);
        assertThat(gateway.get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void a_login_gives_a_cookie_that_only_this_site_sends() throws Exception {
        assertThat(login(gateway, "wrong").statusCode()).isEqualTo(401);
        String cookie = cookie(gateway);
        assertThat(cookie)
                .matches("peekgate-[\\w-]{8}=[\\w-]{43}; Path=/; HTTPOnly; SameSite=Strict")
                .doesNotContain(gateway.token());
        assertThat(get("/nothing", "Cookie", cookie.replaceFirst(";.*", ""))).isEqualTo(404);
        assertThat(cookie.replaceFirst(".*=([\\w-]{43});.*", "$1"))
                .doesNotStartWith(cookieName().substring(9));
    }

    /** Cookies know no ports (RFC 6265 section 8.5). */
    @Test
    void another_gateway_of_the_host_has_a_cookie_of_another_name() throws Exception {
        try (AdminGateway other = new AdminGateway(Files.createDirectory(directory.resolve("other")))) {
            String theirs = cookie(other).replaceFirst(";.*", "");
            String ours = cookie(gateway).replaceFirst(";.*", "");
            assertThat(theirs).doesNotStartWith(cookieName() + "=");
            assertThat(get("/nothing", "Cookie", theirs + "; " + ours)).isEqualTo(404);
            assertThat(get("/nothing", "Cookie", theirs)).isEqualTo(401);
        }
    }

    @Test
    void a_logout_takes_the_same_cookie_back() throws Exception {
        HttpResponse<String> answer = gateway.send("POST", "/logout", "");
        assertThat(answer.headers().firstValue("set-cookie").orElseThrow()).startsWith(cookieName() + "=; Max-Age=0;");
    }

    private static String cookieName() throws Exception {
        return cookie(gateway).replaceFirst("=.*", "");
    }

    private static String cookie(AdminGateway from) throws Exception {
        HttpResponse<String> answer = login(from, from.token());
        assertThat(answer.statusCode()).isEqualTo(204);
        return answer.headers().firstValue("set-cookie").orElseThrow();
    }

    private static HttpResponse<String> login(AdminGateway gateway, String token) throws Exception {
        return gateway.send(gateway.request("/api/v1/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                .build());
    }

    @Test
    void a_host_must_be_an_address_or_a_name_that_is_allowed() throws Exception {
        for (String host :
                new String[] {"127.0.0.1:1", "[::1]:9443", "[::1]", "localhost", "LOCALHOST:5", "gate.example"}) {
            assertThat(statusFor(host)).as(host).isEqualTo(404);
        }
        for (String host :
                new String[] {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "", "[x]"}) {
            assertThat(statusFor(host)).as(host).isEqualTo(421);
        }
    }

    private static int statusFor(String host) throws Exception {
        String answer = gateway.say("GET /api/v1/nothing HTTP/1.1\r\nConnection: close\r\nHost: " + host
                + "\r\nAuthorization: Bearer " + gateway.token() + "\r\n\r\n");
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    void a_page_of_another_site_is_turned_away() throws Exception {
        assertThat(get("/nothing", "Origin", "http://evil.example")).isEqualTo(403);
        assertThat(get("/nothing", "Origin", "null")).isEqualTo(403);
        assertThat(get("/nothing", "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        String own = "http://127.0.0.1:" + gateway.admin().getPort();
        assertThat(get("/nothing", "Origin", own, "Authorization", "Bearer " + gateway.token()))
                .isEqualTo(404);
    }

    @Test
    void another_site_may_link_to_the_page() throws Exception {
        assertThat(gateway.send(gateway.request("/")
                                .header("Sec-Fetch-Site", "cross-site")
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    private static int get(String path, String... headers) throws Exception {
        HttpRequest request = gateway.request("/api/v1" + path).headers(headers).build();
        return gateway.send(request).statusCode();
    }

    @Test
    void only_json_and_text_are_taken() throws Exception {
        HttpRequest form = gateway.request("/api/v1/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + gateway.token()))
                .build();
        assertThat(gateway.send(form).statusCode()).isEqualTo(415);
    }

    @Test
    void a_body_may_be_a_mebibyte_long_and_no_byte_longer() throws Exception {
        String path = "/rules:import?dry-run=true&format=list";
        String longest = "#".repeat(1 << 20);
        assertThat(gateway.send("POST", path, longest).statusCode()).isEqualTo(200);
        String answer = gateway.say("POST /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + gateway.token() + "\r\nContent-Type: text/plain\r\nContent-Length: " + (longest.length() + 1)
                + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void health_is_told_to_everybody_who_asks_by_address() throws Exception {
        assertThat(gateway.send(gateway.request("/livez").build()).body()).isEqualTo("live\n");
        assertThat(gateway.send(gateway.request("/readyz").build()).body()).isEqualTo("ready\n");
    }
}
