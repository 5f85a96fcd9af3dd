package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.hex;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.testkit.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisuseTest {
    private static final int MAX_HEAD = 4096;

    private final Misuse misuse = new Misuse(true);

    @ParameterizedTest
    @MethodSource("requests")
    void names_the_mistake_and_the_host_that_was_meant(byte[] bytes, CloseReason reason, String detail) {
        Refusal refusal = refusal(bytes, false);

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void no_beginning_of_it_gets_another_verdict(byte[] bytes, CloseReason reason, String detail) {
        for (int length = 0; length < bytes.length; length++) {
            Refusal refusal = refusal(Bytes.first(bytes, length), false);
            if (refusal != null) {
                assertThat(refusal.reason()).as("%d bytes", length).isEqualTo(reason);
                assertThat(detail).as("%d bytes", length).startsWith(refusal.detail());
            }
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                request(
                        "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
                        CloseReason.HTTP_CONNECT,
                        "CONNECT example.com:443"),
                request(
                        "CONNECT [2001:db8::1]:443 HTTP/1.1\r\n\r\n",
                        CloseReason.HTTP_CONNECT,
                        "CONNECT [2001:db8::1]:443"),
                request(
                        "GET http://example.com/a?b HTTP/1.1\r\nHost: other\r\n\r\n",
                        CloseReason.HTTP_ABSOLUTE,
                        "GET http://example.com"),
                request(
                        "PUT HTTPS://me:pw@b@example.com:81?x HTTP/1.1\n\n",
                        CloseReason.HTTP_ABSOLUTE,
                        "PUT HTTPS://example.com:81"),
                request(
                        "GET /?to=http://other/ HTTP/1.1\r\nA: b\r\nhOST:  example.com \r\n\r\nbody",
                        CloseReason.HTTP_PLAIN,
                        "GET example.com"),
                request("OPTIONS * HTTP/1.0\r\n\r\n", CloseReason.HTTP_PLAIN, "OPTIONS"),
                request("GET \r\n\r\n", CloseReason.HTTP_PLAIN, "GET"),
                request(
                        "GET / HTTP/1.1\r\nHost: a\u001b[2J\u00ff\r\n\r\n",
                        CloseReason.HTTP_PLAIN,
                        "GET a\\x1b[2J\\xff"),
                request("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", CloseReason.HTTP_PLAIN, "HTTP/2 preface"),
                request("\4\1\1\273\300\0\2\1me\0", CloseReason.SOCKS, "SOCKS4 192.0.2.1:443"),
                request("\4\2\1\273\0\0\0\7me\0example.com\0", CloseReason.SOCKS, "SOCKS4a example.com:443"),
                request("\5\1\0", CloseReason.SOCKS, "SOCKS5"),
                request("PROXY TCP4 192.0.2.1 192.0.2.2 1111 443\r\n", CloseReason.PROXY_HEADER, "version 1"),
                request("\r\n\r\n\0\r\nQUIT\n\41\21\0\f", CloseReason.PROXY_HEADER, "version 2"),
                request("SSH-2.0-OpenSSH_9.2\r\n", CloseReason.SSH, ""),
                Arguments.of(hex("802e 01 0002 0015 0000 0010"), CloseReason.SSLV2, ""),
                Arguments.of(hex("802e 01 0301 0015 0000 0010"), CloseReason.SSLV2, ""),
                Arguments.of(hex("16 fefd 0000"), CloseReason.DTLS, ""),
                Arguments.of(hex("16 feff 0000"), CloseReason.DTLS, ""));
    }

    private static Arguments request(String text, CloseReason reason, String detail) {
        return Arguments.of(latin1(text), reason, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "00000008 04d2162f,                    \\x00\\x00\\x00\\x08\\x04\\xd2\\x16/",
        "0410,                                 \\x04\\x10",
        "8001 02,                              \\x80\\x01\\x02",
        "8001 01 0200,                         \\x80\\x01\\x01\\x02\\x00",
        "1802,                                 \\x18\\x02",
        "1402,                                 \\x14\\x02",
        "0d0a0d0a 01,                          \\x0d\\x0a\\x0d\\x0a\\x01",
        "000102030405060708090a0b0c0d0e0f 10,  "
                + "\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\x09\\x0a\\x0b\\x0c\\x0d\\x0e\\x0f...",
    })
    void shows_the_first_bytes_of_anything_else(String bytes, String detail) {
        Refusal refusal = refusal(hex(bytes), false);

        assertThat(refusal.reason()).isEqualTo(CloseReason.NOT_TLS);
        assertThat(refusal.detail()).isEqualTo(detail);
        assertThat(refusal.answer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GETS / HTTP/1.1\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "EHLO a\r\n", "PRI * HTTP/1.1\r\n\r\n"})
    void text_of_other_protocols_is_not_http(String text) {
        assertThat(refusal(latin1(text), false).reason()).isEqualTo(CloseReason.NOT_TLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "1603", "160200", "1403", "1503", "1703"})
    void records_are_left_to_the_framer(String bytes) {
        boolean undecided = bytes.equals("16");

        assertThat(isTls(hex(bytes), false)).isEqualTo(!undecided);
    }

    @Test
    void nothing_is_undecided_even_at_its_end() {
        assertThat(isTls(new byte[0], false)).isFalse();
        assertThat(isTls(new byte[0], true)).isFalse();
    }

    @Test
    void a_head_without_end_is_judged_at_the_limit_by_what_is_within() {
        byte[] head = latin1("GET / HTTP/1.1\r\nX: " + "x".repeat(MAX_HEAD));
        byte[] longer = join(Bytes.first(head, MAX_HEAD), latin1("\r\nHost: late\r\n\r\n"));

        assertThat(isTls(Bytes.first(head, MAX_HEAD - 1), false)).isFalse();
        assertThat(refusal(Bytes.first(head, MAX_HEAD), false).detail()).isEqualTo("GET");
        assertThat(refusal(longer, false).detail()).isEqualTo("GET");
    }

    @Test
    void a_socks4a_name_without_end_is_judged_at_the_limit() {
        byte[] request = join(hex("0401 01bb 00000001"), latin1("x".repeat(2000)));

        assertThat(isTls(Bytes.first(request, 1023), false)).isFalse();
        assertThat(refusal(Bytes.first(request, 1024), false).detail()).isEqualTo("SOCKS4a");
        assertThat(refusal(join(request, hex("0041 00")), false).detail()).isEqualTo("SOCKS4a");
    }

    @Test
    void a_long_host_is_cut() {
        Refusal refusal = refusal(latin1("CONNECT " + "x".repeat(3000) + " HTTP/1.1\r\n\r\n"), false);

        assertThat(refusal.detail())
                .hasSizeLessThan(300)
                .startsWith("CONNECT xxx")
                .endsWith("...");
    }

    @ParameterizedTest
    @CsvSource({
        "'CONNECT example.com:443 HTTP/1.1', HTTP_CONNECT, CONNECT example.com:443",
        "'GET ',                             HTTP_PLAIN,   GET",
        "'\4\1\1',                           SOCKS,        SOCKS4",
        "'\4\1\1\50\0\0\0\1me',              SOCKS,        SOCKS4a",
    })
    void an_unfinished_request_is_named_when_no_more_will_come(String text, CloseReason reason, String detail) {
        assertThat(isTls(latin1(text), false)).isFalse();
        assertThat(refusal(latin1(text), true).reason()).isEqualTo(reason);
        assertThat(refusal(latin1(text), true).detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "'CONNECT a:443 HTTP/1.1\r\n\r\n', HTTP_CONNECT,  421",
        "'GET http://a/ HTTP/1.1\r\n\r\n', HTTP_ABSOLUTE, 421",
        "'GET / HTTP/1.1\r\n\r\n',         HTTP_PLAIN,    400",
        "'PRI * HTTP/2.0\r\n\r\n',         HTTP_PLAIN,    400",
    })
    void http_clients_get_a_whole_response_that_tells_the_remedy(String request, CloseReason reason, int status) {
        String response = new String(refusal(latin1(request), false).answer(), StandardCharsets.US_ASCII);
        String[] parts = response.split("\r\n\r\n", 2);

        assertThat(parts[0])
                .startsWith("HTTP/1.1 " + status + " " + reason.advice() + "\r\n")
                .contains("\r\nConnection: close")
                .contains("\r\nContent-Type: text/plain; charset=utf-8")
                .contains("\r\nContent-Length: " + parts[1].length())
                .endsWith("\r\nX-Peekgate-Reason: " + reason.code());
        assertThat(parts[1]).isEqualTo(reason.sentence() + "\n" + reason.advice() + "\n");
    }

    @Test
    void an_answer_reflects_nothing_that_was_sent() {
        Refusal refusal = refusal(latin1("CONNECT <script> HTTP/1.1\r\nHost: evil\r\n\r\n"), false);

        assertThat(new String(refusal.answer(), StandardCharsets.US_ASCII)).doesNotContain("<script>", "evil");
    }

    @Test
    void socks_clients_get_their_protocols_refusal() {
        assertThat(refusal(hex("050100"), false).answer()).isEqualTo(hex("05ff"));
        assertThat(refusal(hex("0401 01bb c0000201 00"), false).answer()).isEqualTo(hex("005b 000000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0", "\5\1\0", "\4\1\1\50\300\0\2\1"})
    void nothing_is_answered_when_nothing_is_to_be_explained(String request) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> new Misuse(false).isTls(Unpooled.wrappedBuffer(latin1(request)), false));

        assertThat(refusal.answer()).isEmpty();
        assertThat(refusal.detail()).isNotEmpty();
    }

    private boolean isTls(byte[] bytes, boolean ended) {
        ByteBuf shifted = Unpooled.wrappedBuffer(join(hex("aa"), bytes)).skipBytes(1);
        return misuse.isTls(shifted, ended);
    }

    private Refusal refusal(byte[] bytes, boolean ended) {
        return catchThrowableOfType(Refusal.class, () -> isTls(bytes, ended));
    }
}
