package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.demo.SelfSigned;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.net.Addresses;
import io.peekgate.net.Transport;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Curl;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.Tunnel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code peekgate run}, the packaged program, from its start-up line to its exit code. */
class RunIT {
    private static final String NAME = "tunnel.test";

    /** The contract's fields of an access line, in its order. */
    private static final List<String> FIELDS = List.of(("time id listener source original sni alpn tls ech rule action"
                    + " reason detail advice would_drop mismatch addresses upstream peek_ms dns_ms connect_ms duration_ms"
                    + " bytes_up bytes_down relay end generation")
            .split(" "));

    @TempDir
    private Path directory;

    @Test
    void the_start_up_line_tells_all_that_is_needed() throws IOException {
        try (GatewayProcess gateway = GatewayProcess.start("""
                peekgate {
                  listeners = [
                    { name = one, bind = "127.0.0.1:0" }
                    { name = two, bind = "127.0.0.1:0", capture = none }
                  ]
                  policy.rules = [ { match = a.test }, { match = b.test, action = drop } ]
                }
                """)) {
            String transport = Transport.best().code();
            String relay = relayOf(transport);
            String one = Addresses.text(gateway.addresses().get(0));
            String two = Addresses.text(gateway.addresses().get(1));

            assertThat(gateway.startUp())
                    .matches("Peekgate [0-9.]+ ready in [0-9]+\\.[0-9]{2} s: one on " + one + " \\(tls, capture auto, "
                            + transport + ", " + relay + "\\), two on " + two + " \\(tls, capture none, " + transport
                            + ", " + relay + "\\); 2 rules, default drop; admin off, metrics off");
            assertThat(gateway.process().err()).hasSize(1);
            assertThat(gateway.process().out()).isEmpty();
        }
    }

    @Test
    void standard_output_has_access_lines_alone_with_the_fields_of_the_contract() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                GatewayProcess gateway = GatewayProcess.start(origin.passing(NAME))) {
            origin.connect(gateway.address(), NAME).close();
            gateway.awaitAccess();
            Tunnel.send(gateway.address(), "\u0000\n\"\u001b[31m\u00ff nothing known\n");
            gateway.awaitAccess();
            Tunnel.send(gateway.address(), "CONNECT \u001b[31m:443 HTTP/1.1\r\n\r\n");
            gateway.awaitAccess();
            Tunnel.hello(gateway.address(), "elsewhere.test").close();
            gateway.awaitAccess();

            assertThat(gateway.access())
                    .extracting(line -> line.text("reason"))
                    .containsExactly("rule", "not_tls", "http_connect", "default_drop");
            assertThat(gateway.access()).allSatisfy(line -> {
                assertThat(line.fields()).containsKeys("time", "id", "listener", "source", "action", "reason");
                assertThat(line.fields().keySet())
                        .containsExactlyElementsOf(
                                FIELDS.stream().filter(line::has).toList());
            });
            assertThat(gateway.stop()).isZero();
            assertThat(gateway.process().out()).hasSize(4).allMatch(line -> line.matches("[\\x20-\\x7e]+"));
            assertThat(gateway.process().err()).allMatch(line -> line.matches("[\\x20-\\x7e]+"));
        }
    }

    @Test
    void sigterm_refuses_newcomers_and_lets_a_download_finish() throws Exception {
        byte[] half = TlsOrigin.bytes(32 << 10);
        try (Tunnel.Origin origin = new Tunnel.Origin();
                GatewayProcess gateway = GatewayProcess.start(origin.passing(NAME));
                Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
            tunnel.server().getOutputStream().write(half);
            gateway.process().terminate();
            await().until(() -> refuses(gateway.address()));

            tunnel.server().getOutputStream().write(half);
            tunnel.server().close();

            assertThat(tunnel.client().getInputStream().readNBytes(half.length)).isEqualTo(half);
            assertThat(tunnel.client().getInputStream().readAllBytes()).isEqualTo(half);
            tunnel.client().close();
            assertThat(gateway.process().awaitExit()).isZero();
            assertThat(gateway.messages()).containsExactly("Draining: SIGTERM");
            JsonLine line = gateway.awaitAccess();
            assertThat(line.text("end")).isEqualTo("upstream_fin");
            assertThat(line.number("bytes_down")).isEqualTo(2 * half.length);
        }
    }

    @Test
    void the_grace_over_ends_what_is_left_as_shutdown() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                GatewayProcess gateway = GatewayProcess.start(origin.passing(NAME), "--set", "shutdown.grace=200ms");
                Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
            assertThat(gateway.stop()).isZero();
            assertThat(gateway.awaitAccess().text("end")).isEqualTo("shutdown");
            assertThat(tunnel.client().getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void the_state_directory_has_one_gateway_at_a_time_however_long_it_runs() throws Exception {
        String state = "state-dir=" + directory.resolve("var");
        try (GatewayProcess first = GatewayProcess.start("", "--set", state)) {
            collectGarbage(first);

            ClientRun second = Jar.run("run", "--set", "listeners=[{ bind = \"127.0.0.1:0\" }]", "--set", state);
            assertThat(second)
                    .isEqualTo(new ClientRun(
                            69,
                            "",
                            "peekgate: another gateway holds " + directory.resolve("var")
                                    + "; stop it, set another state-dir, or use --takeover\n"));
            try (GatewayProcess third = GatewayProcess.start("", "--set", state, "--takeover")) {
                assertThat(third.stop()).isZero();
            }
            assertThat(first.stop()).isZero();
        }
        try (GatewayProcess next = GatewayProcess.start("", "--set", state)) {
            assertThat(next.stop()).isZero();
        }
    }

    @Test
    @RequiresClient("curl")
    void the_shipped_configuration_works_with_a_dns_override() throws Exception {
        String host = "www.example.test";
        SelfSigned certificate = SelfSigned.forNames(host);
        Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
        try (TlsOrigin origin = new TlsOrigin(certificate);
                GatewayProcess gateway = shipped(
                        "listeners=[{ bind = \"127.0.0.1:0\", allow-ports = [], default-port = "
                                + origin.address().getPort() + " }]",
                        "dns.overrides={ \"" + host + "\" = [\"127.0.0.1\"] }",
                        "destinations.allow=[\"127.0.0.1\"]")) {
            assertThat(new Curl(gateway.address(), ca).get(host, "/"))
                    .isEqualTo(new ClientRun(0, TlsOrigin.greeting(host), ""));
            JsonLine line = gateway.awaitAccess();
            assertThat(line.text("sni")).isEqualTo(host);
            assertThat(line.text("action")).isEqualTo("pass");
            assertThat(line.text("reason")).isEqualTo("default");
            assertThat(line.text("upstream")).isEqualTo(Addresses.text(origin.address()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void each_transport_relays(String transport) throws Exception {
        byte[] bytes = TlsOrigin.bytes(1000);
        try (Tunnel.Origin origin = new Tunnel.Origin();
                GatewayProcess gateway =
                        GatewayProcess.start(origin.passing(NAME), "--set", "event-loop.transport=" + transport)) {
            assertThat(gateway.startUp()).contains("capture auto, " + transport + ", " + relayOf(transport));
            try (Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
                tunnel.server().getOutputStream().write(bytes);
                assertThat(tunnel.client().getInputStream().readNBytes(bytes.length))
                        .isEqualTo(bytes);
            }
            assertThat(gateway.stop()).isZero();
        }
    }

    private static GatewayProcess shipped(String... settings) throws IOException {
        return GatewayProcess.of(
                Path.of("conf", "peekgate.conf").toAbsolutePath(),
                Stream.of(settings)
                        .flatMap(setting -> Stream.of("--set", setting))
                        .toArray(String[]::new));
    }

    private static boolean refuses(InetSocketAddress address) throws IOException {
        try (Socket newcomer = new Socket()) {
            newcomer.connect(address);
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    private static void collectGarbage(GatewayProcess gateway) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String pid = Long.toString(gateway.process().pid());
        assertThat(ClientRun.of("", List.of(jcmd, pid, "GC.run")).exit()).isZero();
    }

    private static String relayOf(String transport) {
        return transport.equals("epoll") ? "splice" : "copy";
    }
}
