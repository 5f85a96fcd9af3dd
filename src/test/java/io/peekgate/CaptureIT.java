package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JsonLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients dialled, as the kernel tells it. */
class CaptureIT extends CaptureHosts {
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

    /** Reason, mismatch and upstream of a client that sends a name, or none, to an address. */
    private String mode(GatewayProcess peekgate, String name, String to) throws Exception {
        greeting(client, name, to);
        JsonLine line = peekgate.awaitAccess();
        assertThat(line.text("original")).isEqualTo(to);
        return line.text("reason") + " " + line.fields().get("mismatch") + " "
                + line.fields().get("upstream");
    }
}
