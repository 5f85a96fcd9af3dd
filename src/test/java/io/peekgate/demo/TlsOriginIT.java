package io.peekgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.Chromium;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Curl;
import io.peekgate.testkit.GnuTls;
import io.peekgate.testkit.OpenSsl;
import io.peekgate.testkit.RequiresClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The origin and the real clients prove one another, without a gateway between them. */
class TlsOriginIT {
    private static final String HOST = "www.example.test";
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path directory;

    private TlsOrigin origin;
    private Path ca;

    @BeforeEach
    void start() throws IOException {
        SelfSigned certificate = SelfSigned.forNames(HOST);
        origin = new TlsOrigin(certificate);
        ca = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
    }

    @AfterEach
    void stop() {
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2", "--no-alpn"})
    @RequiresClient("curl")
    void serves_curl_by_http_1_whatever_it_offers(String flag) throws Exception {
        ClientRun run = new Curl(origin.address(), ca).get(HOST, "/", flag, "-w", "%{http_version}");

        assertThat(run).isEqualTo(new ClientRun(0, TlsOrigin.greeting(HOST) + "1.1", ""));
    }

    @Test
    @RequiresClient("curl")
    void serves_curl_a_mebibyte_byte_for_byte() throws Exception {
        assertThat(new Curl(origin.address(), ca)
                        .get(HOST, "/bytes/" + MEBIBYTE)
                        .outBytes())
                .isEqualTo(TlsOrigin.bytes(MEBIBYTE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "what curl posts"})
    @RequiresClient("curl")
    void echoes_what_curl_posts(String body) throws Exception {
        assertThat(new Curl(origin.address(), ca).get(HOST, "/echo", "-d", body))
                .isEqualTo(new ClientRun(0, body, ""));
    }

    @Test
    @RequiresClient("curl")
    void is_refused_by_curl_for_another_host() throws Exception {
        assertThat(new Curl(origin.address(), ca).get("other.example.test", "/").exit())
                .isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @RequiresClient("openssl")
    void serves_openssl_a_mebibyte_byte_for_byte(String version) throws Exception {
        ClientRun run = new OpenSsl(origin.address(), ca).get(HOST, "/bytes/" + MEBIBYTE, version);

        assertThat(run.exit()).isZero();
        assertThat(run.outBytes()).endsWith(TlsOrigin.bytes(MEBIBYTE));
    }

    @Test
    @RequiresClient("openssl")
    void serves_openssl_without_sni() throws Exception {
        assertThat(new OpenSsl(origin.address(), ca).getWithoutSni(HOST, "/").out())
                .endsWith(TlsOrigin.greeting(HOST));
    }

    @Test
    @RequiresClient("gnutls-cli")
    void serves_gnutls() throws Exception {
        // its exit code tells only that the JDK's server closes without close_notify
        ClientRun run = new GnuTls(origin.address(), ca).get(HOST, "/");

        assertThat(run.out()).contains("The certificate is trusted", "HTTP/1.1 200 OK\r\n", TlsOrigin.greeting(HOST));
    }

    @Test
    @RequiresClient("gnutls-cli")
    void chooses_http_1_by_alpn() throws Exception {
        assertThat(new GnuTls(origin.address(), ca)
                        .get(HOST, "/", "--alpn=h2", "--alpn=http/1.1")
                        .out())
                .contains("Application protocol: http/1.1");
    }

    @Test
    @RequiresClient("chromium")
    void serves_chromium() throws Exception {
        assertThat(new Chromium(origin.address()).get(HOST, "/").out())
                .contains(TlsOrigin.greeting(HOST).trim());
    }
}
