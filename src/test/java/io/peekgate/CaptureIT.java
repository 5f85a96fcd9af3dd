package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Link;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients dialled, as the kernel tells it: a client, a gateway that redirects, and a server, each a host. */
@RequiresNamespaces
@RequiresClient("openssl")
class CaptureIT {
    private static final List<String> FAMILIES = List.of("iptables", "ip6tables");

    /** What takes no certificate. */
    private static final String ANONYMOUS = "aNULL:@SECLEVEL=0";

    @TempDir
    private Path directory;

    private Network network;
    private Namespace client;
    private Namespace gateway;
    private Link inside;
    private Link outside;

    @BeforeEach
    void connect() throws Exception {
        network = Network.create();
        client = network.client();
        gateway = network.gateway();
        inside = network.inside();
        outside = network.outside();
        for (String port : List.of("443", "8444")) {
            JarProcess origin = network.server()
                    .start(List.of("openssl", "s_server", "-accept", port, "-nocert", "-cipher", ANONYMOUS, "-tls1_2"));
            origin.awaitOut(line -> line.contains("ACCEPT"));
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        network.close();
    }

    @Test
    void a_redirected_client_of_either_family_is_served_on_the_port_that_it_dialled() throws Exception {
        GatewayProcess peekgate = start("capture = auto, default-port = 1", """
                rules = [ { name = by-port, match = "*.test", ports = 8444 }
                          { name = by-address, match = "~198\\\\.18\\\\.2\\\\.2:443" }
                          { name = by-v6-address, match = "~^\\\\[fd18:2::2]:443$" } ]""");
        redirect("PREROUTING", "443,8444");

        JsonLine v4 = served(peekgate, client, "www.test", outside.far4() + ":443");
        JsonLine v6 = served(peekgate, client, "www.test", "[" + outside.far6() + "]:443");
        JsonLine port = served(peekgate, client, "www.test", outside.far4() + ":8444");

        assertThat(List.of(v4.text("rule"), v6.text("rule"), port.text("rule")))
                .containsExactly("by-address", "by-v6-address", "by-port");
        assertThat(v4.text("source")).startsWith(inside.near4() + ":");
        assertThat(v6.text("source")).startsWith("[" + inside.near6() + "]:");
        assertThat(v6.text("upstream")).endsWith(":443");
        assertThat(port.text("upstream")).endsWith(":8444");
    }

    @Test
    void a_client_that_dials_the_listener_has_no_original_destination() throws Exception {
        GatewayProcess auto = start("capture = auto", "default-action = passthrough");
        redirect("PREROUTING", "443");
        assertThat(greeting(client, "www.test", inside.far4() + ":8443").out()).contains("CONNECTED");
        JsonLine direct = auto.awaitAccess();

        assertThat(direct.text("reason")).isEqualTo("default");
        assertThat(direct.fields()).doesNotContainKey("original");
        assertThat(direct.text("upstream")).isEqualTo(outside.far4() + ":443");
        auto.stop();

        GatewayProcess only = start("capture = redirect", "default-action = passthrough");
        greeting(client, "www.test", inside.far4() + ":8443");
        assertThat(only.awaitAccess().text("reason")).isEqualTo("not_redirected");
        served(only, client, "www.test", outside.far4() + ":443");
    }

    @Test
    void where_the_kernel_tracks_no_connections_there_is_no_original_destination() throws Exception {
        GatewayProcess auto = start("capture = auto", "default-action = passthrough");
        greeting(client, "www.test", inside.far4() + ":8443");
        greeting(client, "www.test", "[" + inside.far6() + "]:8443");

        assertThat(List.of(auto.awaitAccess(), auto.awaitAccess())).allSatisfy(line -> {
            assertThat(line.text("reason")).isEqualTo("default");
            assertThat(line.fields()).doesNotContainKey("original");
        });
        auto.stop();

        GatewayProcess only = start("capture = redirect", "default-action = passthrough");
        greeting(client, "www.test", inside.far4() + ":8443");
        assertThat(only.awaitAccess().text("reason")).isEqualTo("not_redirected");
    }

    @Test
    void a_redirect_that_comes_while_the_gateway_runs_is_noticed_at_once() throws Exception {
        GatewayProcess auto = start("capture = auto", "default-action = passthrough");
        greeting(client, "www.test", inside.far4() + ":8443");
        assertThat(auto.awaitAccess().fields()).doesNotContainKey("original");

        redirect("PREROUTING", "443");
        served(auto, client, "www.test", outside.far4() + ":443");
    }

    @Test
    void tproxy_leads_clients_of_either_family_here_and_no_others() throws Exception {
        GatewayProcess peekgate = start("capture = tproxy", "default-action = passthrough");
        for (String family : List.of("-4", "-6")) {
            gateway.run("ip", family, "rule", "add", "fwmark", "1", "lookup", "100");
            gateway.run("ip", family, "route", "add", "local", "default", "dev", "lo", "table", "100");
        }
        for (String iptables : FAMILIES) {
            gateway.run((iptables + " -t mangle -A PREROUTING -i client -p tcp --dport 443"
                            + " -j TPROXY --on-port 8443 --tproxy-mark 1")
                    .split(" "));
        }

        served(peekgate, client, "www.test", outside.far4() + ":443");
        served(peekgate, client, "www.test", "[" + outside.far6() + "]:443");
        greeting(client, "www.test", inside.far4() + ":8443");
        assertThat(peekgate.awaitAccess().text("reason")).isEqualTo("not_redirected");
    }

    @Test
    void each_destination_mode_does_with_a_spoofed_name_what_it_says() throws Exception {
        GatewayProcess peekgate = start("capture = redirect", """
                no-sni = original
                default-action = passthrough
                rules = [ { match = keep.test, destination = original-if-resolved }
                          { match = original.test, destination = original }
                          { match = unknown.invalid, destination = original }
                          { match = strict.test, destination = strict } ]""");
        redirect("PREROUTING", "443");
        String elsewhere = outside.near4() + ":443";
        String ours = outside.far4() + ":443";

        assertThat(mode(peekgate, "resolve.test", elsewhere)).isEqualTo("default true " + ours);
        assertThat(mode(peekgate, "keep.test", elsewhere)).isEqualTo("rule true " + ours);
        assertThat(mode(peekgate, "keep.test", ours)).isEqualTo("rule null " + ours);
        assertThat(mode(peekgate, "original.test", ours)).isEqualTo("rule null " + ours);
        assertThat(mode(peekgate, "original.test", elsewhere)).isEqualTo("connect_refused true null");
        assertThat(mode(peekgate, "unknown.invalid", ours)).isEqualTo("rule null " + ours);
        assertThat(mode(peekgate, "strict.test", ours)).isEqualTo("rule null " + ours);
        assertThat(mode(peekgate, "strict.test", elsewhere)).isEqualTo("destination_mismatch true null");
        assertThat(mode(peekgate, null, ours)).isEqualTo("default null " + ours);
        assertThat(mode(peekgate, "original.test", "203.0.113.7:443")).isEqualTo("destination_denied true null");
    }

    @Test
    void without_an_exemption_the_gateways_own_connection_is_known_by_its_socket() throws Exception {
        GatewayProcess peekgate = start("capture = auto", "default-action = passthrough");
        redirect("OUTPUT", "443");
        loopsOnce(peekgate, gateway, "is this gateway's own connection to " + outside.far4() + ":443");
    }

    @Test
    void even_where_what_was_dialled_is_not_asked() throws Exception {
        GatewayProcess peekgate = start("capture = none", "default-action = passthrough");
        redirect("OUTPUT", "443");
        loopsOnce(peekgate, gateway, "is this gateway's own connection to " + outside.far4() + ":443");
    }

    @Test
    void a_client_behind_such_a_gateway_makes_one_more_connection_and_no_more() throws Exception {
        GatewayProcess peekgate = start("capture = redirect", "default-action = passthrough");
        redirect("PREROUTING", "443");
        redirect("OUTPUT", "443");
        loopsOnce(peekgate, client, "is this gateway's own connection to " + outside.far4() + ":443");
    }

    private void loopsOnce(GatewayProcess peekgate, Namespace from, String detail) throws Exception {
        greeting(from, "www.test", outside.far4() + ":443");
        await().atMost(Duration.ofSeconds(20)).until(() -> peekgate.access().size() >= 2);
        long descriptors = peekgate.process().descriptors();
        for (int i = 0; i < 10; i++) {
            greeting(from, "www.test", outside.far4() + ":443");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> peekgate.access().size() >= 22);

        assertThat(peekgate.access()).hasSize(22);
        List<JsonLine> loops = peekgate.access().stream()
                .filter(line -> line.text("reason").equals("loop"))
                .toList();
        assertThat(loops).hasSize(11).allSatisfy(line -> {
            assertThat(line.text("action")).isEqualTo("drop");
            assertThat(line.text("detail")).isEqualTo(line.text("source") + " " + detail);
            assertThat(line.number("duration_ms")).isLessThan(2000);
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> peekgate.process().descriptors() <= descriptors);
    }

    /** A gateway, closed with its host, on port 8443 of every address, whose DNS says that all names are the server's, v4 only. */
    private GatewayProcess start(String listener, String policy) throws Exception {
        List<String> names = Stream.of("www", "resolve", "keep", "original", "strict")
                .map(name -> '"' + name + ".test\" = [\"" + outside.far4() + "\"]")
                .toList();
        Path written = directory.resolve("test.conf");
        Files.writeString(written, String.format("""
                peekgate {
                  listeners = [ { bind = "*:8443", allow-ports = [], sources = any, %s } ]
                  policy { %s }
                  destinations { allow = ["198.18.0.0/15", "fd18::/16"] }
                  dns { servers = ["127.0.0.1:1"], timeout = 50ms, attempts = 1, overrides { %s } }
                }
                """, listener, policy, String.join(", ", names)));
        return GatewayProcess.in(gateway, written);
    }

    private void redirect(String chain, String ports) throws Exception {
        for (String iptables : FAMILIES) {
            String in = chain.equals("PREROUTING") ? " -i client" : "";
            gateway.run((iptables + " -t nat -A " + chain + in + " -p tcp -m multiport --dports " + ports
                            + " -j REDIRECT --to-ports 8443")
                    .split(" "));
        }
    }

    /** Expects a handshake that reaches the server, and gives its access line. */
    private static JsonLine served(GatewayProcess peekgate, Namespace from, String name, String to) throws Exception {
        ClientRun run = greeting(from, name, to);
        assertThat(run.out()).as(run.err()).contains("New, TLSv1.2");
        JsonLine line = peekgate.awaitAccess();
        assertThat(line.text("action")).isEqualTo("pass");
        assertThat(line.text("original")).isEqualTo(to);
        return line;
    }

    /** Reason, mismatch and upstream of a client that sends a name, or none, to an address. */
    private String mode(GatewayProcess peekgate, String name, String to) throws Exception {
        greeting(client, name, to);
        JsonLine line = peekgate.awaitAccess();
        assertThat(line.text("original")).isEqualTo(to);
        return line.text("reason") + " " + line.fields().get("mismatch") + " "
                + line.fields().get("upstream");
    }

    private static ClientRun greeting(Namespace from, String name, String to) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", to, "-cipher", ANONYMOUS, "-tls1_2"));
        command.addAll(name == null ? List.of("-noservername") : List.of("-servername", name));
        return from.exec(command.toArray(String[]::new));
    }
}
