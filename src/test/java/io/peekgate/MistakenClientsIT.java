package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.DemoClient;
import io.peekgate.demo.SelfSigned;
import io.peekgate.net.Addresses;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Curl;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.RequiresClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What people do who take the gateway for something else: each is told what to change, has its reason in the access
 * line, and is warned of once on the server log. A reason belongs to one test, since its second warning waits for 10 s.
 */
@RequiresClient("curl")
class MistakenClientsIT {
    private static final String NO_PROXY_SETTING = "This is a transparent gateway and needs no proxy setting: remove ";

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = GatewayProcess.start("peekgate.policy.default-action = passthrough");
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(gateway.stop()).isZero();
        gateway.close();
    }

    @Test
    void a_proxy_setting_for_https() throws Exception {
        ClientRun verbose = curl("-v", "-x", http(), "https://www.example.test/");
        ClientRun plain = curl("-x", http(), "https://www.example.test/");

        assertThat(verbose.exit()).isEqualTo(56);
        assertThat(verbose.err())
                .contains("< HTTP/1.1 421 " + NO_PROXY_SETTING + "-x / https_proxy from the client.")
                .contains("< X-Peekgate-Reason: http_connect");
        assertThat(plain).isEqualTo(new ClientRun(56, "", "curl: (56) CONNECT tunnel failed, response 421\n"));
        refused("http_connect", "CONNECT www.example.test:443");
        refused("http_connect", "CONNECT www.example.test:443");
        warned("http_connect", "(CONNECT www.example.test:443). " + NO_PROXY_SETTING + "-x / https_proxy");
    }

    @Test
    void a_proxy_setting_for_http() throws Exception {
        ClientRun run = ClientRun.of(
                "", List.of("env", "http_proxy=" + http(), "curl", "-q", "-sS", "-i", "http://www.example.test/page"));

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("HTTP/1.1 421 ")
                .contains("X-Peekgate-Reason: http_absolute")
                .endsWith(NO_PROXY_SETTING + "-x / http_proxy from the client.\n");
        refused("http_absolute", "GET http://www.example.test");
        warned("http_absolute", "(GET http://www.example.test). " + NO_PROXY_SETTING);
    }

    @Test
    void plain_http() throws Exception {
        String host = Addresses.text(gateway.address());

        assertThat(curl(http() + "/")).isEqualTo(new ClientRun(0, """
                        The client speaks plain HTTP on a TLS port.
                        Use https:// in the client, or send plain HTTP to a port that expects it.
                        """, ""));
        assertThat(curl("--http2-prior-knowledge", http() + "/").exit()).isNotZero();
        refused("http_plain", "GET " + host);
        refused("http_plain", "HTTP/2 preface");
        warned("http_plain", "(GET " + host + "). Use https://");
    }

    @Test
    void a_socks_setting() throws Exception {
        String socks = Addresses.text(gateway.address());

        assertThat(curl("--socks5", socks, "https://www.example.test/").exit()).isEqualTo(97);
        assertThat(curl("--socks5-hostname", socks, "https://www.example.test/").err())
                .isEqualTo("curl: (97) No authentication method was acceptable.\n");
        assertThat(curl("--socks4a", socks, "https://www.example.test/").err())
                .contains("(91), request rejected or failed");
        refused("socks", "SOCKS5");
        refused("socks", "SOCKS5");
        refused("socks", "SOCKS4a www.example.test:443");
        warned("socks", "(SOCKS5). " + NO_PROXY_SETTING + "the SOCKS proxy");
    }

    @Test
    void a_proxy_header() throws Exception {
        assertThat(curl("-k", "--haproxy-protocol", "https://" + Addresses.text(gateway.address()) + "/")
                        .exit())
                .isEqualTo(35);
        refused("proxy_header", "version 1");
        warned("proxy_header", "(version 1). Turn the PROXY protocol off");
    }

    @Test
    @RequiresClient("ssh")
    void ssh() throws Exception {
        int port = gateway.address().getPort();
        ClientRun run = ClientRun.of(
                "", List.of("ssh", "-F", "none", "-o", "BatchMode=yes", "-p", Integer.toString(port), "127.0.0.1"));

        assertThat(run.exit()).isEqualTo(255);
        assertThat(run.err()).contains("Connection closed by");
        refused("ssh", "");
        warned("ssh", "The client speaks SSH. Keep SSH away");
    }

    @Test
    void twenty_times_is_twenty_access_lines_and_one_warning_that_is_counted_on() throws Exception {
        try (GatewayProcess own = GatewayProcess.start("")) {
            DemoClient client = new DemoClient(
                    own.address(), SelfSigned.forNames("any.test").context());
            for (int i = 0; i < 20; i++) {
                client.raw("EHLO mail.example.test\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(own.awaitAccess().text("reason")).isEqualTo("not_tls");
            }

            assertThat(own.stop()).isZero();
            assertThat(own.access()).hasSize(20);
            assertThat(own.messages())
                    .filteredOn(message -> message.contains("not_tls"))
                    .hasSize(2)
                    .last()
                    .isEqualTo("127.0.0.1: suppressed 19 more warnings [not_tls]");
        }
    }

    private static String http() {
        return "http://" + Addresses.text(gateway.address());
    }

    private static ClientRun curl(String... arguments) throws IOException, InterruptedException {
        return Curl.run(List.of(arguments));
    }

    private static void refused(String reason, String detail) {
        JsonLine line = gateway.awaitAccess();
        assertThat(line.text("action")).isEqualTo("drop");
        assertThat(line.text("reason")).isEqualTo(reason);
        assertThat(line.fields().getOrDefault("detail", "")).isEqualTo(detail);
        assertThat(line.text("advice")).isNotEmpty();
        assertThat(line.number("peek_ms")).isPositive();
    }

    private static void warned(String reason, String says) {
        gateway.awaitMessage(message -> message.contains('[' + reason));
        assertThat(gateway.messages())
                .filteredOn(message -> message.contains('[' + reason))
                .singleElement()
                .asString()
                .contains(says);
    }
}
