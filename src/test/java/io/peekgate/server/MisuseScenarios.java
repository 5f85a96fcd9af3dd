package io.peekgate.server;

import static io.peekgate.server.WireLab.NOTHING;
import static io.peekgate.testkit.Bytes.hex;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.testkit.Hellos;
import java.nio.charset.StandardCharsets;

/** What clients say instead of a ClientHello. */
final class MisuseScenarios {
    private MisuseScenarios() {}

    static void httpConnect(WireLab lab) throws Exception {
        assertAnswered(lab, "CONNECT a.example:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 421 ", CloseReason.HTTP_CONNECT);
    }

    static void httpAbsolute(WireLab lab) throws Exception {
        assertAnswered(lab, "GET http://a.example/x HTTP/1.1\r\n\r\n", "HTTP/1.1 421 ", CloseReason.HTTP_ABSOLUTE);
    }

    static void httpPlain(WireLab lab) throws Exception {
        assertAnswered(lab, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", "HTTP/1.1 400 ", CloseReason.HTTP_PLAIN);
    }

    private static void assertAnswered(WireLab lab, String request, String status, CloseReason reason)
            throws Exception {
        lab.start();
        String answer = new String(lab.say(latin1(request)).hearToFin(), StandardCharsets.ISO_8859_1);
        assertThat(answer)
                .startsWith(status)
                .contains(reason.sentence(), reason.advice(), "X-Peekgate-Reason: " + reason.code());
        lab.assertDropped(reason, "a.example");
    }

    static void socks(WireLab lab) throws Exception {
        lab.start();
        assertThat(lab.say(hex("05 01 00")).hearToFin()).isEqualTo(hex("05 ff"));
        lab.assertDropped(CloseReason.SOCKS, "SOCKS5");
        byte[] socks4a = hex("04 01 01bb 00000001 00 612e6578616d706c65 00");
        assertThat(lab.say(socks4a).hearToFin()).isEqualTo(hex("00 5b 0000 00000000"));
        lab.assertDropped(CloseReason.SOCKS, "SOCKS4a a.example:443");
    }

    static void proxyHeader(WireLab lab) throws Exception {
        assertSilent(lab, latin1("PROXY TCP4 192.0.2.1 192.0.2.2 1 443\r\n"), CloseReason.PROXY_HEADER, "version 1");
    }

    static void ssh(WireLab lab) throws Exception {
        assertSilent(lab, latin1("SSH-2.0-OpenSSH_9.2\r\n"), CloseReason.SSH, "");
    }

    static void sslv2(WireLab lab) throws Exception {
        assertSilent(lab, hex("80 2e 01 0002 0015 0000 0010"), CloseReason.SSLV2, "");
    }

    static void dtls(WireLab lab) throws Exception {
        assertSilent(lab, hex("16 fefd 0000 000000000000 0001 00"), CloseReason.DTLS, "");
    }

    static void tlsNotHello(WireLab lab) throws Exception {
        assertSilent(lab, hex("15 0303 0002 0228"), CloseReason.TLS_NOT_HELLO, "alert");
    }

    static void notTls(WireLab lab) throws Exception {
        assertSilent(lab, latin1("EHLO a.example\r\n"), CloseReason.NOT_TLS, "EHLO a.example");
    }

    static void malformedHello(WireLab lab) throws Exception {
        assertSilent(lab, hex("16 0301 0000"), CloseReason.MALFORMED_HELLO, "a record of 0 bytes");
    }

    static void helloTooBig(WireLab lab) throws Exception {
        byte[] hello = Hellos.hello().sni(WireLab.NAME).paddedTo(1500).wire();
        assertSilent(lab, hello, CloseReason.HELLO_TOO_BIG, "a hello of 1500 bytes", "client-hello.max-size=1024");
    }

    static void helloTimeout(WireLab lab) throws Exception {
        assertSilent(lab, hex("16 03"), CloseReason.HELLO_TIMEOUT, "after 2 bytes", "client-hello.timeout=200ms");
    }

    private static void assertSilent(WireLab lab, byte[] said, CloseReason reason, String detail, String... overrides)
            throws Exception {
        lab.start(overrides);
        assertThat(lab.say(said).hearToFin()).isEqualTo(NOTHING);
        lab.assertDropped(reason, detail);
    }
}
