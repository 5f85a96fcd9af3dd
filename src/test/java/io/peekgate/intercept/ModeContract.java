package io.peekgate.intercept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.demo.SelfSigned;
import io.peekgate.testkit.Chromium;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.HalfClosed;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import io.peekgate.testkit.NginxOrigin;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds in each mode, once the packaged program itself has put the rules in place and runs: clients that nobody
 * here wrote, without any proxy setting, and a server, a nameserver and a gateway that are hosts of their own.
 */
@RequiresNamespaces
@RequiresClient({"curl", "openssl", "chromium", "nginx", "dnsmasq", "setpriv", "bash"})
@TestInstance(Lifecycle.PER_CLASS)
abstract class ModeContract {
    private static final String WWW = "www.test";
    private static final String DROPPED = "ads.test";
    /** Of the captured hellos. */
    private static final String LATE = "www.example.com";

    private static final String LATE_ADDRESS = "198.18.2.4";
    private static final int CURL_REFUSED = 7;
    private static final int CURL_TIMEOUT = 28;
    static final Duration HALF_CLOSED_TIMEOUT = Duration.ofSeconds(4);

    /** Who sends datagrams to this server never hears of it, so that a refusal comes from the gateway. */
    private static final String DEAF =
            "table inet deaf { chain in { type filter hook input priority 0; meta l4proto udp drop; }; }";

    private final Mode mode;
    private Network network;
    private Path file;
    private Path ca;
    private String bare;
    private GatewayProcess peekgate;

    ModeContract(Mode mode) {
        this.mode = mode;
    }

    /** Which host of the network intercepts. */
    abstract Namespace gateway(Network hosts);

    /** What the mode needs besides. */
    abstract List<String> options();

    /** Starts the gateway as it is to be in this mode. */
    abstract GatewayProcess start(Namespace host, Path configuration) throws IOException;

    /** The shortest that the kernel may remember connections that are open one way only, in seconds. */
    abstract int closeWait();

    @BeforeAll
    void deploy(@TempDir Path directory) throws Exception {
        network = Network.create();
        SelfSigned certificate = SelfSigned.forNames(WWW);
        ca = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
        network.server().address("gateway", LATE_ADDRESS + "/24");
        network.server().run("nft", DEAF);
        network.nginx(certificate, 443, 8443);
        file = Files.writeString(directory.resolve("peekgate.conf"), configuration(nameserver()), UTF_8);
        bare = Snapshot.of(host());
        apply("--nft");
        peekgate = start(host(), file);
    }

    private String nameserver() throws Exception {
        List<String> records = new ArrayList<>(List.of(LATE + "/" + LATE_ADDRESS));
        for (String name : List.of(WWW, DROPPED)) {
            records.add(name + "/" + network.outside().far4());
            records.add(name + "/" + network.outside().far6());
        }
        return network.nameserver(records);
    }

    private String configuration(String nameserver) {
        return """
                peekgate {
                  listeners = [ { bind = "[::]:8443", capture = %s, sources = ["198.18.0.0/15", "fd18::/16"] } ]
                  policy.rules = [ { name = refused, match = "%s", action = drop }
                                   { name = served, match = ["%s", "%s"], action = passthrough } ]
                  destinations.allow = ["198.18.0.0/15", "fd18::/16"]
                  dns.servers = ["%s:53"]
                  relay.half-closed-timeout = %d s
                }
                """.formatted(
                        mode == Mode.TPROXY ? "tproxy" : "redirect",
                        DROPPED,
                        WWW,
                        LATE,
                        nameserver,
                        HALF_CLOSED_TIMEOUT.toSeconds());
    }

    @AfterAll
    void takeAway() throws Exception {
        try (Network ignored = network) {
            assertThat(peekgate.stop()).isZero();
            assertThat(peekgate.messages()).noneMatch(message -> message.contains("LEAK"));
            peekgate.close();
            remove();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void a_page_is_fetched_by_its_name(String family) throws Exception {
        assertPage(curl(family, "https://www.test/"));

        served(family, 443);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void on_another_port(String family) throws Exception {
        assertPage(curl(family, "https://www.test:8443/"));

        served(family, 8443);
    }

    @Test
    void a_browser_shows_it() throws Exception {
        assertThat(Chromium.in(network.client(), "https://www.test/").out()).contains(NginxOrigin.GREETING.strip());

        assertThat(next(WWW).text("rule")).isEqualTo("served");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void a_dropped_name_is_refused(String family) throws Exception {
        ClientRun run = curl(family, "https://ads.test/");

        assertThat(run.err()).contains("alert access denied");
        JsonLine line = next(DROPPED);
        assertThat(line.text("rule")).isEqualTo("refused");
        assertThat(line.text("reason")).isEqualTo("rule_drop");
        assertThat(line.text("source")).startsWith(client(family) + ":");
        assertThat(line.text("original")).isEqualTo(server(family) + ":443");
        assertThat(line.has("upstream")).isFalse();
    }

    /** Nobody has the addresses that are dialled. */
    @Test
    void a_name_that_belongs_elsewhere_leads_to_where_our_dns_says() throws Exception {
        assertPage(curl("-4", "--connect-to", "www.test:443:198.18.2.9:443", "https://www.test/"));
        assertMismatch("198.18.2.9:443");

        ClientRun openssl = network.client()
                .exec(
                        "openssl",
                        "s_client",
                        "-connect",
                        "[fd18:2::9]:443",
                        "-servername",
                        WWW,
                        "-CAfile",
                        ca.toString());
        assertThat(openssl.out()).as(openssl.err()).contains("Verify return code: 0");
        assertMismatch("[fd18:2::9]:443");
    }

    private void assertMismatch(String dialled) {
        JsonLine line = next(WWW);
        assertThat(line.text("original")).isEqualTo(dialled);
        assertThat(line.text("upstream")).isIn(server("-4") + ":443", server("-6") + ":443");
        assertThat(line.fields()).containsEntry("mismatch", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.2.2", "fd18:2::2"})
    void quic_is_rejected_at_once_and_other_datagrams_are_not(String address) throws Exception {
        assertThat(udp(address, 443)).contains("Connection refused");
        assertThat(udp(address, 8443)).contains("Connection refused");
        assertThat(udp(address, 444)).isEmpty();
    }

    @Test
    void a_connection_that_is_half_closed_gets_its_answer_later() throws Exception {
        host().set("net.netfilter.nf_conntrack_tcp_timeout_close_wait", Integer.toString(closeWait()));
        byte[] hello = Hellos.again(Hellos.captured("openssl-tls13"));
        int lines = peekgate.access().size();
        try (HalfClosed connection = HalfClosed.open(network.client(), network.server(), LATE_ADDRESS, 443, hello)) {
            await().during(HALF_CLOSED_TIMEOUT.minusSeconds(1))
                    .atMost(HALF_CLOSED_TIMEOUT)
                    .until(() -> peekgate.access().size() == lines);

            assertThat(connection.isAnswered()).isTrue();
        }
        assertThat(next(LATE).text("end")).isEqualTo("client_fin");
    }

    @Test
    void without_the_gateway_nothing_passes_by() throws Exception {
        assertThat(peekgate.stop()).isZero();
        peekgate.close();
        for (String family : List.of("-4", "-6")) {
            ClientRun run = curl(family, "--connect-timeout", "1", "https://www.test/");
            assertThat(run.exit()).as(run.out()).isIn(CURL_REFUSED, CURL_TIMEOUT);
        }
        peekgate = start(host(), file);
    }

    @Test
    void iptables_does_the_same_and_both_leave_nothing_behind() throws Exception {
        try {
            remove();
            apply("--iptables");
            for (String family : List.of("-4", "-6")) {
                assertPage(curl(family, "https://www.test/"));
                served(family, 443);
                assertPage(curl(family, "https://www.test:8443/"));
                served(family, 8443);
            }
            assertThat(udp("198.18.2.2", 443)).contains("Connection refused");
            assertThat(udp("fd18:2::2", 443)).contains("Connection refused");
        } finally {
            remove();
            apply("--nft");
        }
    }

    /** The next line of a name, which passed from the client's address to the server's. */
    private void served(String family, int port) {
        JsonLine line = next(WWW);
        assertThat(line.text("action")).isEqualTo("pass");
        assertThat(line.text("rule")).isEqualTo("served");
        assertThat(line.text("source")).startsWith(client(family) + ":");
        assertThat(line.text("original")).isEqualTo(server(family) + ":" + port);
        assertThat(line.text("upstream")).endsWith(":" + port);
        assertThat(line.has("mismatch")).isFalse();
    }

    private JsonLine next(String name) {
        return peekgate.awaitAccess(line -> line.has("sni") && line.text("sni").equals(name));
    }

    private String client(String family) {
        return family.equals("-4")
                ? network.inside().near4()
                : "[" + network.inside().near6() + "]";
    }

    private String server(String family) {
        return family.equals("-4")
                ? network.outside().far4()
                : "[" + network.outside().far6() + "]";
    }

    private ClientRun curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-sS", "--max-time", "20"));
        command.addAll(List.of("--cacert", ca.toString()));
        command.addAll(List.of(arguments));
        return network.client().exec(command.toArray(String[]::new));
    }

    private static void assertPage(ClientRun run) {
        assertThat(run.out()).as(run.err()).isEqualTo(NginxOrigin.GREETING);
    }

    /** What a client hears that sends datagrams until one is refused, or there were enough of them. */
    private String udp(String address, int port) throws IOException, InterruptedException {
        String send = "exec 3<>/dev/udp/" + address + "/" + port + "; for i in $(seq 50); do"
                + " echo hello 2>&1 >&3 | grep -o 'Connection refused' && exit; done; true";
        return network.client().run("bash", "-c", send);
    }

    private Namespace host() {
        return gateway(network);
    }

    private void apply(String dialect) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("intercept", "apply", "-c", file.toString(), dialect));
        words.addAll(List.of("--ports", "443,8443", "--mode", mode.code()));
        words.addAll(options());
        ClientRun run = host().jar(words.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private void remove() throws IOException, InterruptedException {
        assertThat(host().jar("intercept", "remove").exit()).isZero();
        assertThat(Snapshot.of(host())).isEqualTo(bare);
    }
}
