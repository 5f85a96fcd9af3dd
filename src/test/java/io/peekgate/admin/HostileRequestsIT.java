package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.MeteredGateway;
import io.peekgate.testkit.Scrape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the meters' server does with those who want more of it than meters. */
class HostileRequestsIT {
    private static final int TIMEOUT_MILLIS = 20_000;

    private static MeteredGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new MeteredGateway();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TRACE /metrics HTTP/1.1                                                      | 405
                    POST /metrics HTTP/1.1                                                       | 405
                    PUT /readyz HTTP/1.1                                                         | 405
                    DELETE /livez HTTP/1.1                                                       | 405
                    OPTIONS * HTTP/1.1                                                           | 404
                    CONNECT www.example.com:443 HTTP/1.1                                         | 404
                    PRI * HTTP/2.0                                                               | 404
                    GET / HTTP/1.1                                                               | 404
                    GET /metrics/ HTTP/1.1                                                       | 404
                    GET //metrics HTTP/1.1                                                       | 404
                    GET /./metrics HTTP/1.1                                                      | 404
                    GET /x/../metrics HTTP/1.1                                                   | 404
                    GET /%6detrics HTTP/1.1                                                      | 404
                    GET /metrics%00 HTTP/1.1                                                     | 404
                    GET /../../etc/passwd HTTP/1.1                                               | 404
                    GET http://elsewhere.example/metrics HTTP/1.1                                | 404
                    POST /metrics HTTP/1.1~Content-Length: 1073741824                            | 413
                    POST /metrics HTTP/1.1~Content-Length: 1073741824~Expect: 100-continue       | 413
                    GET /metrics HTTP/1.1~Content-Length: 5                                      | 413
                    GET /metrics HTTP/1.1~Content-Length: -1                                     | 400
                    GET /metrics HTTP/1.1~Content-Length: 0~Content-Length: 5                    | 400
                    GET /metrics HTTP/1.1~Content-Length: x                                      | 400
                    GET /metrics HTTP/1.1~no colon here                                          | 400
                    GET /metrics HTTP/1.1~Bad Name: x                                            | 400
                    GET /metrics HTTP/9.9x                                                       | 400
                    GET                                                                          | 400
                    """)
    void gets_an_error_and_a_close(String request, int status) throws Exception {
        String answer = gateway.say(request.replace("~", "\r\n") + "\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.split("HTTP/1.1 ")).as("answers").hasSize(2);
        assertStillWell();
    }

    @Test
    void a_body_in_pieces_is_refused_however_it_is_smuggled() throws Exception {
        String answer = gateway.say(lines(
                "GET /metrics HTTP/1.1", "Transfer-Encoding: chunked", "Content-Length: 4", "", "5", "GET /", "0", ""));
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("peekgate_");
        assertStillWell();
    }

    @Test
    void a_long_line_and_a_long_header_are_refused_by_name() throws Exception {
        assertThat(gateway.say("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(gateway.say("GET /metrics HTTP/1.1\r\nX: " + "a".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(gateway.say("GET /metrics HTTP/1.1\r\n" + "X: abc\r\n".repeat(2_000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertStillWell();
    }

    @Test
    void a_hello_of_tls_is_no_request() throws Exception {
        assertThat(gateway.say("\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void head_has_the_length_and_no_body() throws Exception {
        String answer = gateway.say("HEAD /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-length: 5\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void requests_in_a_row_are_answered_in_their_order() throws Exception {
        String answers = gateway.say(lines("GET /livez HTTP/1.1", "")
                + lines("GET /readyz HTTP/1.1", "")
                + lines("GET /livez HTTP/1.1", "Connection: close", ""));
        assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(4);
        assertThat(answers.indexOf("live\n")).isLessThan(answers.indexOf("ready\n"));
    }

    @Test
    void who_asks_and_never_reads_gets_one_answer_at_a_time() throws Exception {
        try (Socket greedy =
                new Socket(gateway.meters().getAddress(), gateway.meters().getPort())) {
            byte[] many = Bytes.latin1("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20_000));
            Thread asking = new Thread(() -> {
                try {
                    greedy.getOutputStream().write(many);
                } catch (IOException closed) {
                    // that is how it ends
                }
            });
            asking.start();
            long before = directMemory();
            for (int i = 0; i < 20; i++) {
                assertStillWell();
            }
            assertThat(directMemory() - before).isLessThan(16 << 20);
            greedy.close();
            asking.join();
        }
    }

    private static long directMemory() throws Exception {
        return (long) gateway.scrape().sum("netty_allocator_memory_used", Map.of());
    }

    @Test
    void who_is_slow_is_closed_when_patience_is_over() throws Exception {
        HttpServer.Limits limits = new HttpServer.Limits(2, 0, 1024, 0, Duration.ofMillis(300));
        try (HttpServer server = server(limits);
                Socket slow = connect(server)) {
            long begun = System.nanoTime();
            slow.getOutputStream().write(Bytes.latin1("GET /a HTTP/1.1\r\nX"));
            assertThat(slow.getInputStream().readAllBytes()).isEmpty();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isBetween(200L, 10_000L);
        }
    }

    /** Each byte in time does not make the whole request in time. */
    @Test
    void whose_body_is_slow_is_closed_when_patience_is_over() throws Exception {
        HttpServer.Limits limits = new HttpServer.Limits(2, 0, 1024, 1024, Duration.ofMillis(300));
        try (HttpServer server = server(limits);
                Socket slow = connect(server)) {
            slow.setSoTimeout(20);
            slow.getOutputStream().write(Bytes.latin1("POST /a HTTP/1.1\r\nContent-Length: 1000\r\n\r\n"));
            int sent = 0;
            while (!hasEnded(slow) && sent < 999) {
                slow.getOutputStream().write('x');
                sent++;
            }
            assertThat(sent).as("bytes of the body").isBetween(1, 998);
        }
    }

    private static boolean hasEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void what_throws_is_an_error_without_its_words() throws Exception {
        HttpServer.Limits limits = new HttpServer.Limits(2, 0, 1024, 0, Duration.ofMinutes(1));
        try (HttpServer server = new HttpServer(
                        "test",
                        limits,
                        request -> {
                            throw new IllegalStateException("secret");
                        },
                        Runnable::run);
                Socket client = connect(address(server))) {
            assertThat(ask(client))
                    .startsWith("HTTP/1.1 500")
                    .contains("application/problem+json", "\"status\":500")
                    .doesNotContain("secret");
        }
    }

    private static HttpServer server(HttpServer.Limits limits) {
        return new HttpServer("test", limits, request -> Answer.line(HttpResponseStatus.OK, "a"), Runnable::run);
    }

    private static Socket connect(HttpServer server) throws Exception {
        return connect(address(server));
    }

    private static InetSocketAddress address(HttpServer server) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return (InetSocketAddress)
                server.bind(any).syncUninterruptibly().channel().localAddress();
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(Bytes.latin1("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
        byte[] answer = new byte[4096];
        int length = Math.max(0, socket.getInputStream().read(answer));
        return new String(answer, 0, length, StandardCharsets.UTF_8);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static void assertStillWell() throws Exception {
        Scrape scrape = gateway.scrape();
        assertThat(scrape.sum("peekgate_connections_total", Map.of())).isZero();
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }
}
