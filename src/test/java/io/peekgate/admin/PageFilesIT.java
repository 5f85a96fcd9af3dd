package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.AdminGateway;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser is told beside the page's files. */
class PageFilesIT {
    @TempDir
    private static Path directory;

    private static AdminGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new AdminGateway(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/index.html, text/html",
        "/app.js, text/javascript",
        "/style.css, text/css",
        "/icon.svg, image/svg+xml"
    })
    void nothing_of_anybody_else_is_run_loaded_framed_or_told(String path, String type) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request(path).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        HttpHeaders headers = answer.headers();
        assertThat(headers.firstValue("content-type")).contains(type + "; charset=utf-8");
        assertThat(headers.allValues("content-security-policy")).hasSize(1);
        assertThat(Arrays.stream(headers.allValues("content-security-policy")
                                .get(0)
                                .split(";", -1))
                        .map(String::strip)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "default-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'",
                        "object-src 'none'");
        assertThat(headers.firstValue("cross-origin-opener-policy")).contains("same-origin");
        assertThat(headers.firstValue("cross-origin-resource-policy")).contains("same-origin");
        assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
        assertThat(headers.firstValue("x-frame-options")).contains("DENY");
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        assertThat(headers.firstValue("cache-control")).contains("no-store");
    }

    @Test
    void a_file_that_is_not_the_pages_is_not_there() throws Exception {
        assertThat(gateway.send(gateway.request("/openapi.json").build()).statusCode())
                .isEqualTo(404);
    }
}
