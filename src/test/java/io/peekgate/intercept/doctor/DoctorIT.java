package io.peekgate.intercept.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound deployments, of which the doctor says nothing, and what one mistake each makes of them. */
@RequiresNamespaces
@RequiresClient({"dnsmasq", "ss"})
class DoctorIT {
    private static final String CONFIGURATION = """
            peekgate {
              listeners = [ { bind = "[::]:8443", sources = [loopback, private, "198.18.0.0/15"] } ]
              dns { servers = ["127.0.0.1:53"], timeout = 1s, attempts = 1 }
            }
            """;

    private static final Duration WIDE = Duration.ofSeconds(20);

    private static final String TPROXY = CONFIGURATION.replace("bind =", "capture = tproxy, bind =");

    @TempDir
    Path directory;

    private Namespace client;
    private Namespace gateway;

    @BeforeEach
    void makeHosts() throws IOException, InterruptedException {
        client = Namespace.create("client");
        gateway = Namespace.create("gateway");
        client.link(gateway, 1);
        gateway.defaultVia("198.18.1.1", "fd18:1::1");
        gateway.forward();
        gateway.set("net.ipv4.conf.all.rp_filter", "0");
        gateway.set("net.ipv4.conf.client.rp_filter", "0");
        gateway.start(List.of("dnsmasq", "-d", "-h", "-R", "-C", "/dev/null", "-i", "lo", "-z", "--address=/invalid/"));
    }

    @AfterEach
    void closeHosts() throws IOException, InterruptedException {
        client.close();
        gateway.close();
    }

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
                "gateway --nft     | nft 'table ip o { chain o { type filter hook prerouting priority raw; tcp dport 443 drop; }; }' | redirect-fails",
                "gateway --iptables| iptables -t nat -I PREROUTING -p tcp --dport 443 -j ACCEPT    | redirect-fails",
                "gateway --iptables| ip6tables -t nat -I PREROUTING -p tcp --dport 443 -j ACCEPT   | redirect-fails",
                "gateway --nft     | nft 'table ip o { chain o { type nat hook prerouting priority -110; tcp dport 443 dnat to 198.18.1.2:5353; }; }'; dnsmasq -C /dev/null -h -R -p 5353 --pid-file= | redirect-fails",
                "tproxy --nft      | nft 'table inet o { chain o { type filter hook prerouting priority raw; tcp dport 443 drop; }; }' | redirect-fails",
                "tproxy --iptables | iptables -t mangle -I PREROUTING -p tcp --dport 443 -j ACCEPT | redirect-fails",
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

    @ParameterizedTest
    @ValueSource(strings = {"gateway --nft", "gateway --iptables", "tproxy --nft", "tproxy --iptables"})
    void dials_from_a_client_of_its_own_of_which_nothing_stays_but_the_access_line(String mode) throws Exception {
        String sources = "sources = [\"198.51.100.0/24\", \"2001:db8::/32\"]";
        apply(mode, (mode.startsWith("tproxy") ? TPROXY : CONFIGURATION).replaceAll("sources = [^]]*]", sources));
        try (GatewayProcess peekgate = GatewayProcess.in(gateway, file())) {
            String before = everything();

            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();

            await().atMost(WIDE).untilAsserted(() -> assertThat(everything()).isEqualTo(before));
            await().atMost(WIDE).until(() -> peekgate.access().size() >= 2);
            assertThat(peekgate.access())
                    .extracting(line -> line.text("original"))
                    .containsExactlyInAnyOrder("192.0.2.1:443", "[2001:db8::1]:443");
            assertThat(peekgate.messages()).isEmpty();
        }
    }

    @Test
    void leaves_nothing_behind_when_it_is_killed_amid_that() throws Exception {
        try (GatewayProcess ignored = sound("gateway --nft")) {
            gateway.run(
                    "nft", "table ip o { chain o { type filter hook prerouting priority raw; tcp dport 443 drop; }; }");
            String before = everything();
            try (JarProcess doctor = gateway.startJar("doctor", "-c", file().toString())) {
                await().atMost(WIDE).until(() -> gateway.run("ip", "addr").contains("198.51.100.1/30"));
                doctor.close();
            }

            await().atMost(WIDE).untilAsserted(() -> assertThat(everything()).isEqualTo(before));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway --nft --exclude 192.0.2.0/24,2001:db8::/64",
                "sidecar --exempt-uid 998 --iptables --exclude 192.0.2.1",
                "tproxy --nft --interface client"
            })
    void claims_nothing_where_it_cannot_be_tried(String mode) throws Exception {
        try (GatewayProcess peekgate = sound(mode)) {
            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();
            assertThat(peekgate.access()).isEmpty();
        }
    }

    @Test
    void claims_nothing_where_a_filter_lets_in_by_interface() throws Exception {
        try (GatewayProcess ignored = sound("gateway --nft")) {
            gateway.run(
                    "nft",
                    "table inet o { chain o { type filter hook input priority 0; iifname != { lo, client } drop; }; }");

            assertThat(gateway.jar("doctor", "-c", file().toString()).out()).isEmpty();
        }
    }

    /** What there is of the gateway's host, but for counts and link-local addresses, which take a while to be there. */
    private String everything() throws IOException, InterruptedException {
        return gateway.run(
                "sh",
                "-c",
                "{ ip addr; ip rule; ip -6 rule; ip route show table all; ip -6 route show table all; } | grep -v fe80;"
                        + " ip netns list-id;"
                        + " nft -s list ruleset;"
                        + " sysctl -a 2>/dev/null | grep '^net' | grep -v conntrack_count");
    }

    /** One line a finding, all of the one check. */
    private static void assertFound(ClientRun run, String check) {
        assertThat(run.out().lines().map(line -> line.replaceAll("\t.*", "")).distinct())
                .as("%s%s", run.out(), run.err())
                .containsExactly(check);
        assertThat(run.out().lines()).allMatch(line -> line.matches("[^\t]+\t[^\t]+\t[^\t]+"));
        assertThat(run.exit()).isEqualTo(1);
    }

    private Path file() {
        return directory.resolve("peekgate.conf");
    }

    private GatewayProcess running(String mode, String configuration) throws IOException, InterruptedException {
        apply(mode, configuration);
        return GatewayProcess.as(998, gateway, file());
    }

    /** As a user without rights, but for tproxy. */
    private GatewayProcess sound(String mode) throws IOException, InterruptedException {
        if (!mode.startsWith("tproxy")) {
            return running(mode, CONFIGURATION);
        }
        apply(mode, TPROXY);
        return GatewayProcess.in(gateway, file());
    }

    private void apply(String mode, String configuration) throws IOException, InterruptedException {
        Files.writeString(file(), configuration);
        List<String> words = new ArrayList<>(List.of("intercept", "apply", "-c", file().toString(), "--mode"));
        words.addAll(List.of(mode.split(" ")));
        ClientRun applied = gateway.jar(words.toArray(String[]::new));
        assertThat(applied.exit()).as(applied.err()).isZero();
    }
}
