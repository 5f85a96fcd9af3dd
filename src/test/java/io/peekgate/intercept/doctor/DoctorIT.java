package io.peekgate.intercept.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound deployments, of which the doctor says nothing, and what one mistake each makes of them. */
class DoctorIT extends DoctorHosts {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway --nft",
                "gateway --iptables",
                "sidecar --exempt-uid 998 --nft",
                "sidecar --exempt-uid 998 --iptables",
                "tproxy --nft",
                "tproxy --iptables"
            })
    void is_silent_on_a_sound_deployment(String mode) throws Exception {
        try (GatewayProcess ignored = sound(mode)) {
            ClientRun run = gateway.jar("doctor", "-c", file().toString());

            assertThat(run.out() + run.err()).isEmpty();
            assertThat(run.exit()).isZero();
            assertThat(gateway.jar("doctor", "--json", "-c", file().toString()).out())
                    .isEqualTo("{\"findings\":[]}\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway --nft     | nft delete table inet peekgate                                | not-intercepted",
                "gateway --nft     | sysctl -w net.ipv4.ip_forward=0                               | ip-forward",
                "gateway --nft     | sysctl -w net.ipv6.conf.all.forwarding=0                      | ip-forward",
                "gateway --nft     | nft flush chain inet peekgate quic                            | quic-open",
                "gateway --iptables| iptables -D FORWARD -j PEEKGATE-GATEWAY; iptables -F PEEKGATE-GATEWAY | quic-open",
                "gateway --iptables| ip6tables -t nat -F PEEKGATE-GATEWAY                          | ipv6-open",
                "gateway --nft     | sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close_wait=9 | conntrack-timeout",
                "sidecar --exempt-uid 998 --nft | nft flush chain inet peekgate spared             | own-traffic",
                "sidecar --exempt-uid 7 --iptables | true                                          | own-traffic",
                "gateway --to 9443 --nft | true                                                    | nothing-listens",
                "tproxy --nft      | ip rule del pref 7067                                         | tproxy-route",
                "tproxy --iptables | ip -6 route flush table 7067                                  | tproxy-route",
                "tproxy --nft      | sysctl -w net.ipv4.conf.all.src_valid_mark=1                  | rp-filter",
                "tproxy --nft      | sysctl -w net.ipv4.conf.client.rp_filter=1                    | rp-filter",
            })
    void finds_the_defect(String mode, String seed, String check) throws Exception {
        try (GatewayProcess ignored = sound(mode)) {
            gateway.run("sh", "-c", seed);

            assertFound(gateway.jar("doctor", "-c", file().toString()), check);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway --nft | listeners = [ { bind = \"127.0.0.1:8443\" } ]                   | listener-out-of-reach",
                "gateway --nft | listeners = [ { bind = \"[::]:8443\", sources = [any] } ]       | open-to-all",
                "gateway --nft | listeners = [ { bind = \"[::]:8443\", sources = [\"::/0\"] } ]      | open-to-all",
                "gateway --nft | dns.servers = [\"127.0.0.1:54\"]                                  | dns",
                "gateway --nft | limits.connections = 1000000                                    | descriptor-limit",
                "gateway --nft | relay.half-closed-timeout = 10m                                 | conntrack-timeout",
                "sidecar --exempt-uid 998 --nft | listeners = [ { bind = \"[::]:8443\", sources = [\"10.9.9.9\"] } ] | redirect-fails",
                "sidecar --exempt-mark 5 --nft  | connect.mark = off                             | own-traffic",
            })
    void finds_the_mistake_in_the_configuration(String mode, String mistake, String check) throws Exception {
        try (GatewayProcess ignored = running(mode, CONFIGURATION + "peekgate { " + mistake + " }\n")) {
            assertFound(gateway.jar("doctor", "-c", file().toString()), check);
        }
    }

    @Test
    void finds_the_missing_right_of_a_gateway_that_was_started_otherwise() throws Exception {
        try (GatewayProcess ignored = running("tproxy --nft", CONFIGURATION)) {
            Files.writeString(file(), TPROXY);

            assertFound(gateway.jar("doctor", "-c", file().toString()), "capability");
        }
    }

    @Test
    void finds_a_listener_that_tproxy_passes_by() throws Exception {
        apply("tproxy --nft", CONFIGURATION);
        try (GatewayProcess ignored = GatewayProcess.in(gateway, file())) {
            assertFound(gateway.jar("doctor", "-c", file().toString()), "capture-mismatch");
        }
    }

    @Test
    void is_silent_where_a_mark_is_set_with_the_lesser_right() throws Exception {
        apply("sidecar --exempt-mark 5 --nft", CONFIGURATION + "peekgate.connect.mark = 5\n");
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set", "-net_admin"));
        command.addAll(Jar.command("run", "-c", file().toString(), "--set", "state-dir=" + directory));
        gateway.start(command).awaitErr(line -> line.contains(" ready in "));

        assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();
    }

    @Test
    void names_an_interface_with_a_dot_as_sysctl_takes_it() throws Exception {
        gateway.run("ip", "link", "add", "lan.5", "type", "veth", "peer", "name", "far");
        gateway.run("sysctl", "-qw", "net.ipv4.conf.lan/5.rp_filter=1");
        try (GatewayProcess ignored = sound("tproxy --nft")) {
            ClientRun run = gateway.jar("doctor", "-c", file().toString());

            assertFound(run, "rp-filter");
            gateway.run("sh", "-c", run.out().strip().replaceFirst(".*\t", ""));
            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();
        }
    }

    @Test
    void needs_its_tools() throws Exception {
        Files.writeString(file(), CONFIGURATION);
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "mount --bind /dev/null $(readlink -f $(command -v ss)) && exec \"$@\"", "sh"));
        command.addAll(Jar.command("doctor", "-c", file().toString()));

        ClientRun run = gateway.exec(command.toArray(String[]::new));

        assertThat(run.err()).isEqualTo("peekgate: ss is not installed; install the package iproute2\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void needs_the_right_to_look() throws Exception {
        Files.writeString(file(), CONFIGURATION);
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set", "-net_admin"));
        command.addAll(Jar.command("doctor", "-c", file().toString()));

        ClientRun run = gateway.exec(command.toArray(String[]::new));

        assertThat(run.exit()).isEqualTo(77);
        assertThat(run.err()).contains("CAP_NET_ADMIN");
    }
}
