package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the admin API does with those who mean it harm: whatever they send, nothing changes, and they get a problem+json or,
 * where a body does not end, a closed connection.
 */
class HostileApiIT {
    private static final Pattern PROBLEM =
            Pattern.compile("(?s)HTTP/1\\.1 ([45]\\d\\d) .*\\r\\ncontent-type: application/problem\\+json.*");

    @TempDir
    private static Path directory;

    private static AdminGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new AdminGateway(directory);
        gateway.send("POST", "/rules", "{\"match\":\"kept.example\"}");
        Files.writeString(directory.resolve("names"), "a.example\n");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    /**
     * HOST, TOKEN and COOKIE stand for the right ones, FILE for one of good patterns; ~ for the end of a line, ^ for the
     * body's begin.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        POST /api/v1/rules HTTP/1.1~Host: evil.example~TOKEN~JSON^{"match":"a.example"}                            | 421
        POST /api/v1/rules HTTP/1.1~Host: evil.example:9443~COOKIE~JSON^{"match":"a.example"}                      | 421
        DELETE /api/v1/rules/r1 HTTP/1.1~Host: 127.0.0.1.nip.example~COOKIE                                        | 421
        DELETE /api/v1/rules/r1 HTTP/1.1~TOKEN                                                                     | 421
        DELETE /api/v1/rules/r1 HTTP/1.1~HOST~HOST~TOKEN                                                           | 400,421
        DELETE /api/v1/rules/r1 HTTP/1.1~Host: 127.0.0.1 evil.example~TOKEN                                        | 421
        DELETE http://evil.example/api/v1/rules/r1 HTTP/1.1~HOST~TOKEN                                             | 404,421
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Origin: http://evil.example~JSON^{"match":"a.example"}             | 403
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Origin: null~JSON^{"match":"a.example"}                            | 403
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Origin: http://127.0.0.1:1~JSON^{"match":"a.example"}              | 403
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Sec-Fetch-Site: cross-site~Content-Type: text/plain^a.example       | 403
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Sec-Fetch-Site: same-site~Content-Type: text/plain^a.example        | 403
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Content-Type: application/x-www-form-urlencoded^match=a.example    | 415
        POST /api/v1/rules HTTP/1.1~HOST~COOKIE~Content-Type: multipart/form-data; boundary=x^--x                  | 415
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN^a.example                                                           | 415
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~Content-Type: application/json, text/html^{"match":"a.example"}     | 415
        POST /api/v1/rules HTTP/1.1~HOST~Authorization: Bearer wrong~JSON^{"match":"a.example"}                    | 401
        POST /api/v1/rules HTTP/1.1~HOST~Authorization: Bearer~JSON^{"match":"a.example"}                          | 401
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~Authorization: Bearer x~JSON^{"match":"a.example"}                  | 401
        POST /api/v1/rules HTTP/1.1~HOST~Cookie: peekgate=~JSON^{"match":"a.example"}                              | 401
        POST /api/v1/rules HTTP/1.1~HOST~Cookie: peekgate=x; peekgate=y~JSON^{"match":"a.example"}                 | 401
        POST /api/v1/drain HTTP/1.1~HOST                                                                           | 401
        PUT /api/v1/policy/mode HTTP/1.1~HOST~JSON^{"mode":"observe"}                                              | 401
        TRACE /api/v1/rules HTTP/1.1~HOST~TOKEN                                                                    | 405
        CONNECT 127.0.0.1:22 HTTP/1.1~HOST~TOKEN                                                                   | 404
        OPTIONS * HTTP/1.1~HOST~TOKEN                                                                              | 404
        GET /api/v1/drain HTTP/1.1~HOST~TOKEN                                                                      | 405
        GET /api/v1/config:reload HTTP/1.1~HOST~TOKEN                                                              | 405
        POST /api/v1/rules/r1 HTTP/1.1~HOST~TOKEN~X-HTTP-Method-Override: DELETE                                   | 405
        DELETE /api/v1/rules/../rules/r1 HTTP/1.1~HOST~TOKEN                                                       | 404
        DELETE /api/v1/rules/%72%31 HTTP/1.1~HOST~TOKEN                                                            | 404
        DELETE /api/v1//rules/r1 HTTP/1.1~HOST~TOKEN                                                               | 404
        DELETE /api/v1/rules/r1/ HTTP/1.1~HOST~TOKEN                                                               | 404
        DELETE /API/V1/rules/r1 HTTP/1.1~HOST~TOKEN                                                                | 404
        GET /..%2fPageFiles.class HTTP/1.1~HOST                                                                    | 404
        GET /../PageFiles.class HTTP/1.1~HOST                                                                      | 404
        GET /.. HTTP/1.1~HOST                                                                                      | 404
        GET /PageFiles.class HTTP/1.1~HOST                                                                         | 404
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~Content-Type: application/json~Content-Length: 1073741824           | 413
        DELETE /api/v1/rules/r1 HTTP/1.1~HOST~TOKEN~Content-Length: 0~Content-Length: 24                           | 400
        DELETE /api/v1/rules/r1 HTTP/1.1~HOST~TOKEN~Content-Length: 5~Transfer-Encoding: chunked^0~~               | 400
        DELETE /api/v1/rules/r1 HTTP/1.1~HOST~TOKEN~Transfer-Encoding: identity, chunked, gzip                     | 400
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~JSON^{"match":"a.example","match":"b.example"}                      | 400
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~JSON^{"match":"a.example"}{"match":"b.example"}                     | 400
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~JSON^{"match":"a.example","__proto__":{"action":"drop"}}            | 400
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~JSON^"a.example"                                                    | 400
        POST /api/v1/rules HTTP/1.1~HOST~TOKEN~JSON^{"match-file":"FILE"}                                          | 400
        POST /api/v1/rules?before=r999 HTTP/1.1~HOST~TOKEN~JSON^{"match":"a.example"}                              | 404
        POST /api/v1/rules?befor=r1 HTTP/1.1~HOST~TOKEN~JSON^{"match":"a.example"}                                 | 400
        """)
    void changes_nothing_and_gets_a_problem(String request, String statuses) throws Exception {
        String before = state();
        String answer = gateway.say(bytes(request));
        assertThat(answer).matches(PROBLEM);
        assertThat(statuses.split(",")).as(answer).contains(answer.substring(9, 12));
        assertThat(answer.split("HTTP/1\\.1 \\d\\d\\d ")).as("answers").hasSize(2);
        assertThat(state()).isEqualTo(before);
    }

    private static String bytes(String request) throws Exception {
        int begin = request.indexOf('^');
        String head = begin < 0 ? request : request.substring(0, begin);
        String body = begin < 0
                ? ""
                : request.substring(begin + 1)
                        .replace("FILE", directory + "/names")
                        .replace("~", "\r\n");
        boolean sized = head.contains("Content-Length") || head.contains("Transfer-Encoding") || body.isEmpty();
        String length = sized ? "" : "\r\nContent-Length: " + body.length();
        return head.replace("~", "\r\n")
                        .replace("HOST", "Host: 127.0.0.1:" + gateway.admin().getPort())
                        .replace("TOKEN", "Authorization: Bearer " + gateway.token())
                        .replace("COOKIE", "Cookie: " + cookie())
                        .replace("JSON", "Content-Type: application/json")
                + length + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static String cookie() throws Exception {
        return gateway.send("POST", "/login", "{\"token\":\"" + gateway.token() + "\"}")
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
    }

    /** All that could have been changed. */
    private static String state() throws Exception {
        String rules = gateway.get("/rules").body();
        return rules + gateway.gateway().config() + gateway.gateway().isDraining() + gateway.isAskedToDrain();
    }

    @Test
    void json_that_is_deeper_than_any_rule_is_refused() throws Exception {
        String before = state();
        String deep = "{\"match\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
        assertThat(gateway.send("POST", "/rules", deep).statusCode()).isEqualTo(400);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void a_body_without_an_end_is_cut_off() throws Exception {
        String before = state();
        try (Socket socket =
                new Socket(gateway.admin().getAddress(), gateway.admin().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(Bytes.latin1("POST /api/v1/rules HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                    + gateway.token() + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"));
            assertThat(sentUntilCutOff(out)).isLessThan(64L << 20);
        }
        assertThat(state()).isEqualTo(before);
    }

    private static long sentUntilCutOff(OutputStream out) {
        byte[] chunk = Bytes.latin1("10000\r\n" + "a".repeat(0x10000) + "\r\n");
        long sent = 0;
        try {
            while (sent < 1L << 30) {
                out.write(chunk);
                sent += chunk.length;
            }
        } catch (IOException cutOff) {
            // that is what is asked for
        }
        return sent;
    }

    @Test
    void slow_bodies_take_no_place_from_others_for_long() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                Socket socket =
                        new Socket(gateway.admin().getAddress(), gateway.admin().getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(Bytes.latin1("POST /api/v1/drain HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + gateway.token() + "\r\nContent-Length: 10\r\n\r\n"));
            }
            assertThat(gateway.say(bytes("GET /api/v1/rules HTTP/1.1~HOST~TOKEN")))
                    .startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(gateway.isAskedToDrain()).isFalse();
    }
}
