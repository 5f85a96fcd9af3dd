package io.peekgate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.Answer;
import io.peekgate.demo.DemoClient;
import io.peekgate.demo.DnsServer;
import io.peekgate.demo.SelfSigned;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.net.Addresses;
import io.peekgate.testkit.Chromium;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Curl;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.GnuTls;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.NginxOrigin;
import io.peekgate.testkit.OpenSsl;
import io.peekgate.testkit.RequiresClient;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that nobody here wrote, through the packaged gateway to a real server: every byte and the access line. */
@RequiresClient("nginx")
class RealClientsIT {
    private static final String HOST = "www.example.test";
    private static final String JDK_HOST = "jdk.example.test";
    /** Its own, since Chromium's connections end when it pleases. */
    private static final String CHROMIUM_HOST = "chromium.example.test";

    private static final int LARGE = NginxOrigin.large().length;

    @TempDir
    private static Path directory;

    private static NginxOrigin nginx;
    private static TlsOrigin jdk;
    private static DnsServer dns;
    private static GatewayProcess gateway;
    private static SelfSigned certificate;
    private static Path ca;

    @BeforeAll
    static void start() throws Exception {
        certificate = SelfSigned.forNames(HOST, JDK_HOST, CHROMIUM_HOST);
        ca = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
        nginx = new NginxOrigin(certificate);
        jdk = new TlsOrigin(certificate);
        dns = new DnsServer().addresses(HOST, 60, "127.0.0.1").addresses(CHROMIUM_HOST, 60, "127.0.0.1");
        gateway = GatewayProcess.start("""
                peekgate {
                  listeners = [ { bind = "127.0.0.1:0", default-port = %d, allow-ports = [] } ]
                  dns.servers = ["%s"]
                  policy.rules = [
                    { name = jdk, match = %s, target = "%s", allow-private = true }
                    { name = nginx, match = "*.example.test", allow-private = true }
                  ]
                }
                """.formatted(
                nginx.address().getPort(), Addresses.text(dns.address()), JDK_HOST, Addresses.text(jdk.address())));
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(gateway.stop()).isZero();
        assertThat(gateway.messages()).noneMatch(message -> message.contains("LEAK"));
        gateway.close();
        dns.close();
        jdk.close();
        nginx.close();
    }

    @Test
    @RequiresClient("curl")
    void curl_by_http_1_1() throws Exception {
        ClientRun run = new Curl(gateway.address(), ca).get(HOST, "/large", "--http1.1");

        assertThat(Arrays.equals(run.outBytes(), NginxOrigin.large())).isTrue();
        JsonLine line = passed(HOST, "nginx", nginx.address(), "1.3");
        assertThat(line.list("alpn")).isEqualTo(List.of("http/1.1"));
        assertThat(line.number("bytes_down")).isGreaterThan(LARGE);
    }

    @Test
    @RequiresClient("curl")
    void curl_by_http_2() throws Exception {
        ClientRun run = new Curl(gateway.address(), ca).get(HOST, "/large", "--http2");

        assertThat(Arrays.equals(run.outBytes(), NginxOrigin.large())).isTrue();
        JsonLine line = passed(HOST, "nginx", nginx.address(), "1.3");
        assertThat(line.list("alpn")).isEqualTo(List.of("h2", "http/1.1"));
        assertThat(line.number("bytes_down")).isGreaterThan(LARGE);
    }

    @Test
    @RequiresClient("openssl")
    void openssl_by_tls_1_2() throws Exception {
        assertThat(openssl().get(HOST, "/", "-tls1_2").out()).endsWith(NginxOrigin.GREETING);
        assertThat(passed(HOST, "nginx", nginx.address(), "1.2").has("alpn")).isFalse();
    }

    @Test
    @RequiresClient("openssl")
    void openssl_by_tls_1_3() throws Exception {
        assertThat(openssl().get(HOST, "/", "-tls1_3").out()).endsWith(NginxOrigin.GREETING);
        passed(HOST, "nginx", nginx.address(), "1.3");
    }

    @Test
    @RequiresClient("openssl")
    void openssl_without_sni_gets_an_alert() throws Exception {
        ClientRun run = openssl().getWithoutSni(HOST, "/");

        assertThat(run.exit()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("unrecognized name");
        JsonLine line = gateway.awaitAccess();
        assertThat(line.text("reason")).isEqualTo("no_sni");
        assertThat(line.text("action")).isEqualTo("drop");
        assertThat(line.text("advice")).contains("SNI");
        assertThat(line.fields()).doesNotContainKeys("sni", "rule", "upstream", "bytes_up");
    }

    @Test
    @RequiresClient("gnutls-cli")
    void gnutls_cli() throws Exception {
        ClientRun run = new GnuTls(gateway.address(), ca).get(HOST, "/");

        assertThat(run.out()).contains("The certificate is trusted", NginxOrigin.GREETING);
        passed(HOST, "nginx", nginx.address(), "1.3");
    }

    @Test
    void java_to_a_fixed_target() {
        Answer answer = new DemoClient(gateway.address(), certificate.context()).get(JDK_HOST, "/bytes/100000");

        assertThat(answer.text()).isEqualTo(new String(TlsOrigin.bytes(100_000), ISO_8859_1));
        JsonLine line = passed(JDK_HOST, "jdk", jdk.address(), "1.3");
        assertThat(line.number("bytes_down")).isGreaterThan(100_000);
    }

    @Test
    @RequiresClient("chromium")
    void chromium() throws Exception {
        ClientRun run = new Chromium(gateway.address()).get(CHROMIUM_HOST, "/");

        assertThat(run.out()).contains(NginxOrigin.GREETING.strip());
        JsonLine line = passed(CHROMIUM_HOST, "nginx", nginx.address(), "1.3");
        assertThat(line.list("alpn")).isEqualTo(List.of("h2", "http/1.1"));
        assertThat(line.text("ech")).isNotEmpty();
        assertThat(line.number("bytes_up")).as("a post-quantum hello").isGreaterThan(1500);
    }

    private static OpenSsl openssl() {
        return new OpenSsl(gateway.address(), ca);
    }

    /** The next line for the host, which must tell of a connection that passed as it should. */
    private static JsonLine passed(String host, String rule, InetSocketAddress upstream, String tls) {
        JsonLine line =
                gateway.awaitAccess(next -> next.has("sni") && next.text("sni").equals(host));
        assertThat(line.text("rule")).isEqualTo(rule);
        assertThat(line.text("action")).isEqualTo("pass");
        assertThat(line.text("reason")).isEqualTo("rule");
        assertThat(line.text("upstream")).isEqualTo(Addresses.text(upstream));
        assertThat(line.list("addresses")).isEqualTo(List.of("127.0.0.1"));
        assertThat(line.text("tls")).isEqualTo(tls);
        assertThat(line.text("source")).startsWith("127.0.0.1:");
        for (String measured : List.of("peek_ms", "connect_ms", "duration_ms", "bytes_up", "bytes_down")) {
            assertThat(line.number(measured)).as(measured).isPositive();
        }
        assertThat(line.number("dns_ms")).isNotNegative();
        assertThat(line.text("end"))
                .as("how servers and clients end is theirs")
                .isIn("client_fin", "upstream_fin", "client_reset", "upstream_reset");
        return line;
    }
}
