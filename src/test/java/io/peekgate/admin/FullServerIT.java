package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a place at a server that has two, both taken. */
class FullServerIT {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch begun = new CountDownLatch(2);
    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<Socket> clients = new ArrayList<>();
    private final HttpServer server = new HttpServer(
            "full", new HttpServer.Limits(2, 1, 1024, 1024, Duration.ofMinutes(1)), this::answer, workers);
    private final InetSocketAddress address =
            (InetSocketAddress) server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel()
                    .localAddress();

    private Answer answer(Ask ask) {
        return switch (ask.path()) {
            case "/slow" -> slowly();
            case "/stream" -> Answer.events(() -> "");
            case "/long" -> Answer.text("x".repeat(64 << 20));
            default -> Answer.text("a");
        };
    }

    private Answer slowly() {
        begun.countDown();
        try {
            assertThat(slow.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Answer.text("slow");
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
        workers.shutdown();
    }

    @Test
    void a_newcomer_takes_the_place_of_who_has_been_waited_for_longest() throws Exception {
        Socket silent = connect();
        Socket served = connect();
        assertThat(ask(served, "/a")).startsWith("HTTP/1.1 200");
        assertThat(ask(connect(), "/a")).startsWith("HTTP/1.1 200");
        assertThat(end(silent)).isEqualTo(-1);
        assertThat(ask(served, "/a")).startsWith("HTTP/1.1 200");
    }

    @Test
    void who_begins_a_head_or_a_body_and_never_ends_it_keeps_nobody_out() throws Exception {
        Socket head = connect();
        head.getOutputStream().write(Bytes.latin1("GET /a HTTP/1.1\r\nX"));
        Socket body = connect();
        body.getOutputStream().write(Bytes.latin1("POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nx"));
        for (int i = 0; i < 3; i++) {
            assertThat(ask(connect(), "/a")).startsWith("HTTP/1.1 200");
        }
        assertThat(end(head)).isEqualTo(-1);
        assertThat(end(body)).isEqualTo(-1);
    }

    @Test
    void who_does_not_read_its_answer_keeps_nobody_out() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(ask(connect(), "/long")).startsWith("HTTP/1.1 200");
        }
        assertThat(ask(connect(), "/a")).startsWith("HTTP/1.1 200");
    }

    @Test
    void whose_request_is_under_way_keeps_the_place() throws Exception {
        Socket first = connect();
        Socket second = connect();
        say(first, "/slow");
        say(second, "/slow");
        assertThat(begun.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(end(connect())).isEqualTo(-1);
        slow.countDown();
        assertThat(hear(first)).startsWith("HTTP/1.1 200");
        assertThat(hear(second)).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_place_that_is_left_is_free_again() throws Exception {
        for (int i = 0; i < 9; i++) {
            Socket client = connect();
            assertThat(ask(client, i % 2 == 0 ? "/a" : "/long")).startsWith("HTTP/1.1 200");
            client.close();
        }
    }

    @Test
    void streams_leave_places_to_others_and_who_wants_one_more_is_told_what_to_do() throws Exception {
        Socket stream = connect();
        assertThat(ask(stream, "/stream")).startsWith("HTTP/1.1 200").contains("text/event-stream");
        assertThat(ask(connect(), "/stream"))
                .startsWith("HTTP/1.1 503")
                .contains("application/problem+json", "retry-after: ", "end another");
        assertThat(ask(connect(), "/a")).startsWith("HTTP/1.1 200");
        stream.close();
        await().untilAsserted(() -> assertThat(ask(connect(), "/stream")).startsWith("HTTP/1.1 200"));
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        clients.add(client);
        return client;
    }

    private static String ask(Socket client, String path) throws IOException {
        say(client, path);
        return hear(client);
    }

    private static void say(Socket client, String path) throws IOException {
        client.getOutputStream().write(Bytes.latin1("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    private static String hear(Socket client) throws IOException {
        byte[] answer = new byte[4096];
        int length = Math.max(0, client.getInputStream().read(answer));
        return new String(answer, 0, length, StandardCharsets.UTF_8);
    }

    private static int end(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        }
    }
}
