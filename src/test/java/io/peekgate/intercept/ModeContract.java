package io.peekgate.intercept;

import static io.peekgate.intercept.ModeHosts.DROPPED;
import static io.peekgate.intercept.ModeHosts.HALF_CLOSED_TIMEOUT;
import static io.peekgate.intercept.ModeHosts.LATE;
import static io.peekgate.intercept.ModeHosts.LATE_ADDRESS;
import static io.peekgate.intercept.ModeHosts.WWW;
import static io.peekgate.intercept.ModeHosts.assertPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    private static final int CURL_REFUSED = 7;
    private static final int CURL_TIMEOUT = 28;
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Mode mode;
    private ModeHosts hosts;
    private Path file;
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
        hosts = ModeHosts.create(directory);
        file = hosts.configuration(mode);
        bare = Snapshot.of(host());
        apply("--nft");
        peekgate = start(host(), file);
    }

    @AfterAll
    void takeAway() throws Exception {
        try (ModeHosts ignored = hosts) {
            assertThat(peekgate.stop()).isZero();
            assertThat(peekgate.messages()).noneMatch(message -> message.contains("LEAK"));
            peekgate.close();
            remove();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void a_page_is_fetched_by_its_name(String family) throws Exception {
        assertPage(hosts.curl(family, "https://www.test/"));

        served(family, 443);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void on_another_port(String family) throws Exception {
        assertPage(hosts.curl(family, "https://www.test:8443/"));

        served(family, 8443);
    }

    @Test
    void a_browser_shows_it() throws Exception {
        assertThat(Chromium.in(hosts.client(), "https://www.test/").out()).contains(NginxOrigin.GREETING.strip());

        assertThat(next(WWW).text("rule")).isEqualTo("served");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void a_dropped_name_is_refused(String family) throws Exception {
        ClientRun run = hosts.curl(family, "https://ads.test/");

        assertThat(run.err()).contains("alert access denied");
        JsonLine line = next(DROPPED);
        assertThat(line.text("rule")).isEqualTo("refused");
        assertThat(line.text("reason")).isEqualTo("rule_drop");
        assertThat(line.text("source")).startsWith(hosts.clientAddress(family) + ":");
        assertThat(line.text("original")).isEqualTo(hosts.serverAddress(family) + ":443");
        assertThat(line.has("upstream")).isFalse();
    }

    /** Nobody has the addresses that are dialled. */
    @Test
    void a_name_that_belongs_elsewhere_leads_to_where_our_dns_says() throws Exception {
        assertPage(hosts.curl("-4", "--connect-to", "www.test:443:198.18.2.9:443", "https://www.test/"));
        assertMismatch("198.18.2.9:443");

        ClientRun openssl = hosts.client()
                .exec(
                        "openssl",
                        "s_client",
                        "-connect",
                        "[fd18:2::9]:443",
                        "-servername",
                        WWW,
                        "-CAfile",
                        hosts.ca().toString());
        assertThat(openssl.out()).as(openssl.err()).contains("Verify return code: 0");
        assertMismatch("[fd18:2::9]:443");
    }

    private void assertMismatch(String dialled) {
        JsonLine line = next(WWW);
        assertThat(line.text("original")).isEqualTo(dialled);
        assertThat(line.text("upstream")).isIn(hosts.serverAddress("-4") + ":443", hosts.serverAddress("-6") + ":443");
        assertThat(line.fields()).containsEntry("mismatch", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.2.2", "fd18:2::2"})
    void quic_is_rejected_at_once_and_other_datagrams_are_not(String address) throws Exception {
        assertThat(hosts.udp(address, 443)).contains("Connection refused");
        assertThat(hosts.udp(address, 8443)).contains("Connection refused");
        assertThat(hosts.udp(address, 444)).isEmpty();
    }

    @Test
    void a_connection_that_is_half_closed_gets_its_answer_later() throws Exception {
        host().set("net.netfilter.nf_conntrack_tcp_timeout_close_wait", Integer.toString(closeWait()));
        byte[] hello = Hellos.again(Hellos.captured("openssl-tls13"));
        int lines = peekgate.access().size();
        try (HalfClosed connection =
                HalfClosed.open(hosts.client(), hosts.network().server(), LATE_ADDRESS, 443, hello)) {
            await().during(SILENCE)
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
            ClientRun run = hosts.curl(family, "--connect-timeout", "1", "https://www.test/");
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
                assertPage(hosts.curl(family, "https://www.test/"));
                served(family, 443);
                assertPage(hosts.curl(family, "https://www.test:8443/"));
                served(family, 8443);
            }
            assertThat(hosts.udp("198.18.2.2", 443)).contains("Connection refused");
            assertThat(hosts.udp("fd18:2::2", 443)).contains("Connection refused");
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
        assertThat(line.text("source")).startsWith(hosts.clientAddress(family) + ":");
        assertThat(line.text("original")).isEqualTo(hosts.serverAddress(family) + ":" + port);
        assertThat(line.text("upstream")).endsWith(":" + port);
        assertThat(line.has("mismatch")).isFalse();
    }

    private JsonLine next(String name) {
        return peekgate.awaitAccess(line -> line.has("sni") && line.text("sni").equals(name));
    }

    private Namespace host() {
        return gateway(hosts.network());
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
