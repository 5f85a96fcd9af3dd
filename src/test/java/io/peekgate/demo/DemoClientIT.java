package io.peekgate.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoClientIT {
    private static final String HOST = "www.example.test";
    private static final int MEBIBYTE = 1 << 20;

    private final SelfSigned certificate = SelfSigned.forNames(HOST);
    private TlsOrigin origin;
    private DemoClient client;

    @BeforeEach
    void start() throws IOException {
        origin = new TlsOrigin(certificate);
        client = new DemoClient(origin.address(), certificate.context());
    }

    @AfterEach
    void stop() {
        origin.close();
    }

    @Test
    void gets_the_greeting_of_the_host_it_asks_for() {
        Answer answer = client.get(HOST, "/");

        assertThat(answer.status()).hasValue(200);
        assertThat(answer.text()).isEqualTo(TlsOrigin.greeting(HOST));
    }

    @Test
    void gets_a_mebibyte_byte_for_byte() {
        assertThat(client.get(HOST, "/bytes/" + MEBIBYTE).text().getBytes(ISO_8859_1))
                .isEqualTo(TlsOrigin.bytes(MEBIBYTE));
    }

    @Test
    void gets_an_answer_without_sni() {
        assertThat(client.getWithoutSni(HOST, "/").status()).hasValue(200);
    }

    @Test
    void completes_the_handshake_of_a_long_split_hello() {
        assertThat(client.getWithLongHello(HOST, "/").text()).isEqualTo(TlsOrigin.greeting(HOST));
    }

    @Test
    void takes_no_certificate_of_another_host() {
        Answer answer = client.get("other.example.test", "/");

        assertThat(answer.status()).isEmpty();
        assertThat(answer.text()).contains("other.example.test");
    }

    @Test
    void takes_no_certificate_of_another_origin() {
        SSLContext other = SelfSigned.forNames(HOST).context();

        assertThat(new DemoClient(origin.address(), other).get(HOST, "/").status())
                .isEmpty();
    }

    @Test
    void names_the_alert_that_it_got() throws Exception {
        try (ScriptedServer server = new ScriptedServer(21, 3, 3, 0, 2, 2, 112)) {
            assertThat(clientOf(server).get(HOST, "/").text()).contains("unrecognized_name");
        }
    }

    @Test
    void sends_a_long_hello_of_more_than_1700_bytes_in_several_records() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            clientOf(server).getWithLongHello(HOST, "/");
            byte[] sent = server.received();

            assertThat(recordsIn(sent)).isGreaterThan(2);
            assertThat(helloLength(sent)).isGreaterThan(1_700);
        }
    }

    @Test
    void sends_no_name_when_it_shall_not() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            clientOf(server).getWithoutSni(HOST, "/");

            assertThat(Printable.of(new String(server.received(), ISO_8859_1), 1_000))
                    .doesNotContain("example");
        }
    }

    @Test
    void sends_raw_segments_and_returns_what_came_back() throws Exception {
        try (ScriptedServer server = new ScriptedServer(5, 255)) {
            assertThat(clientOf(server).raw(new byte[] {1, 2}, new byte[] {3})).containsExactly(5, 255);
            assertThat(server.received()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void reads_status_and_body_of_http() {
        Answer answer = Answer.of("HTTP/1.1 421 No\r\nServer: x\r\n\r\nno\r\n\r\n".getBytes(US_ASCII));

        assertThat(answer.status()).hasValue(421);
        assertThat(answer.text()).isEqualTo("no\r\n\r\n");
    }

    @Test
    void takes_what_is_not_http_as_text() {
        Answer answer = Answer.of(new byte[] {5, (byte) 0xff});

        assertThat(answer.status()).isEmpty();
        assertThat(answer.text()).isEqualTo("\u0005\u00ff");
    }

    @Test
    void tells_that_nothing_listens() throws IOException {
        origin.close();

        assertThat(client.get(HOST, "/").text()).contains("refused");
        assertThatThrownBy(client::raw).isInstanceOf(IOException.class);
    }

    private DemoClient clientOf(ScriptedServer server) {
        return new DemoClient(server.address(), certificate.context());
    }

    /** type(1) version(2) length(2) fragment, again and again. */
    private static int recordsIn(byte[] sent) {
        int records = 0;
        for (int at = 0; at < sent.length; at += 5 + ByteBuffer.wrap(sent).getShort(at + 3)) {
            records++;
        }
        return records;
    }

    /** The three bytes after the first record's header and the message's type. */
    private static int helloLength(byte[] sent) {
        return ByteBuffer.wrap(sent).getInt(5) & 0xffffff;
    }
}
