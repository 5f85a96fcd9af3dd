package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path directory;

    private Configs configs;

    @BeforeEach
    void start() {
        configs = new Configs(directory);
    }

    @Test
    void without_a_file_the_defaults_of_the_contract_hold() {
        ProxyConfig config = ConfigLoader.load(List.of(), List.of());

        assertThat(config.listeners())
                .containsExactly(new ListenerConfig(
                        "egress",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443),
                        ListenerConfig.Type.TLS,
                        ListenerConfig.Capture.AUTO,
                        443,
                        List.of(443, 8443),
                        List.of("loopback", "private"),
                        ListenerConfig.ProxyProtocol.OFF,
                        List.of(),
                        4096,
                        true));
        assertThat(config.policy())
                .isEqualTo(new ProxyConfig.Policy(
                        ProxyConfig.Mode.ENFORCE,
                        ProxyConfig.Action.DROP,
                        Optional.empty(),
                        ProxyConfig.Ech.FLAG,
                        ProxyConfig.Destination.RESOLVE,
                        ProxyConfig.OnDrop.ALERT,
                        List.of(),
                        Path.of("./var/rules.json"),
                        List.of()));
        assertThat(config.destinations())
                .isEqualTo(new ProxyConfig.Destinations(List.of("special-purpose"), List.of(), true));
    }

    @Test
    void without_a_file_the_numbers_of_the_contract_hold() {
        ProxyConfig config = ConfigLoader.load(List.of(), List.of());

        assertThat(config)
                .isEqualTo(new ProxyConfig(
                        config.listeners(),
                        new ProxyConfig.ClientHello(Duration.ofSeconds(5), 32 * 1024, ProxyConfig.OnMisuse.EXPLAIN),
                        config.policy(),
                        config.destinations(),
                        new ProxyConfig.Dns(
                                List.of(),
                                Duration.ofSeconds(2),
                                2,
                                ProxyConfig.Family.AUTO,
                                new ProxyConfig.Cache(Duration.ofHours(1), Duration.ofSeconds(5), 10_000),
                                Map.of()),
                        Map.of(),
                        new ProxyConfig.Connect(Duration.ofSeconds(5), Duration.ofMillis(250), Optional.empty()),
                        new ProxyConfig.Relay(
                                ProxyConfig.RelayMode.AUTO,
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(1),
                                Duration.ZERO),
                        new ProxyConfig.Limits(Optional.empty(), 1024, 4096, 0),
                        new ProxyConfig.Shutdown(Duration.ofSeconds(30)),
                        new ProxyConfig.Log(ProxyConfig.Level.INFO, ProxyConfig.Format.AUTO, ProxyConfig.Access.ALL),
                        new ProxyConfig.Admin(
                                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9443)),
                                Path.of("./var/admin.token"),
                                true,
                                1000,
                                List.of()),
                        new ProxyConfig.Metrics(
                                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9464)), "/metrics"),
                        new ProxyConfig.EventLoop(Optional.empty(), ProxyConfig.Transport.AUTO),
                        Path.of("./var")));
    }

    @Test
    void a_later_file_wins_key_by_key() throws Exception {
        Path low = configs.write("low.conf", "peekgate.log { level = warn, format = json }");
        Path high = configs.write("high.conf", "peekgate.log.level = debug");

        assertThat(ConfigLoader.load(List.of(low, high), List.of()).log())
                .isEqualTo(
                        new ProxyConfig.Log(ProxyConfig.Level.DEBUG, ProxyConfig.Format.JSON, ProxyConfig.Access.ALL));
    }

    @Test
    void an_override_wins_over_files_and_over_earlier_overrides() throws Exception {
        Path file = configs.write("a.conf", "peekgate.limits { peeking = 1, per-source = 1 }");

        assertThat(ConfigLoader.load(
                                List.of(file),
                                List.of("limits.peeking=2", "peekgate.limits.peeking = 3", "limits.connections=4"))
                        .limits())
                .isEqualTo(new ProxyConfig.Limits(Optional.of(4), 1, 3, 0));
    }

    @Test
    void an_override_may_be_a_list_or_an_address_without_quotes() {
        ProxyConfig config = ConfigLoader.load(
                List.of(),
                List.of(
                        "listeners=[{ bind = \"*:9000\" }, { name = two, bind = \"localhost:0\" }]",
                        "dns.servers=[2001:db8::53]:53",
                        "dns.overrides.\"a.example\"=10.0.0.7",
                        "destinations.allow=10.0.0.0/8"));

        assertThat(config.listeners().get(0).bind().getAddress().isAnyLocalAddress())
                .isTrue();
        assertThat(config.listeners().get(1).bind())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        assertThat(config.dns().servers()).containsExactly(new InetSocketAddress("2001:db8::53", 53));
        assertThat(config.dns().overrides()).containsOnlyKeys("a.example");
        assertThat(config.destinations().allow()).containsExactly("10.0.0.0/8");
    }

    @Test
    void paths_of_state_follow_the_state_directory() throws Exception {
        ProxyConfig config = configs.load("state-dir = /srv/gate");

        assertThat(config.policy().stateFile()).isEqualTo(Path.of("/srv/gate/rules.json"));
        assertThat(config.admin().tokenFile()).isEqualTo(Path.of("/srv/gate/admin.token"));
    }

    @Test
    void what_a_listener_leaves_out_has_its_default() throws Exception {
        ListenerConfig listener =
                configs.load("listeners = [{ bind = \"[::1]:9\" }]").listeners().get(0);

        assertThat(listener.name()).isEqualTo("egress");
        assertThat(listener.allowPorts()).containsExactly(443, 8443);
    }

    @Test
    void an_empty_list_of_ports_is_any_port() throws Exception {
        assertThat(configs.load("listeners = [{ allow-ports = [] }]")
                        .listeners()
                        .get(0)
                        .allowPorts())
                .isEmpty();
    }

    @Test
    void rule_files_follow_the_policys_own_rules_by_file_name() throws Exception {
        configs.write("rules.d/20-b.conf", "rules = [ { match = three }, { match = four } ]");
        configs.write("rules.d/10-a.conf", "# first\nrules = [\n { match = two } ]");
        configs.write("rules.d/notes.txt", "not a rule file");

        List<RuleConfig> rules =
                configs.load("policy.rules = [{ match = one }]").policy().rules();

        assertThat(rules)
                .extracting(RuleConfig::match)
                .containsExactly(List.of("one"), List.of("two"), List.of("three"), List.of("four"));
        assertThat(rules)
                .extracting(RuleConfig::origin)
                .containsExactly(
                        directory.resolve("a.conf") + ":2",
                        directory.resolve("rules.d/10-a.conf") + ":3",
                        directory.resolve("rules.d/20-b.conf") + ":1",
                        directory.resolve("rules.d/20-b.conf") + ":1");
    }

    @Test
    void rule_files_are_read_by_name_in_whatever_order_the_directory_has_them() throws Exception {
        List<String> names = List.of("b", "f", "a", "h", "d", "g", "c", "e", "j", "i");
        for (String name : names) {
            configs.write("rules.d/" + name + ".conf", "rules = [{ name = " + name + " }]");
        }

        assertThat(configs.load().policy().rules())
                .extracting(rule -> rule.name().orElseThrow())
                .containsExactlyElementsOf(names.stream().sorted().toList());
    }

    @Test
    void a_rule_file_that_two_patterns_name_counts_once() throws Exception {
        configs.write("more/a.conf", "rules = [ { match = one } ]");

        assertThat(configs.load("policy.rule-files = [\"more/a.conf\", \"more/*.conf\"]")
                        .policy()
                        .rules())
                .hasSize(1);
    }

    @Test
    void a_file_is_looked_for_beside_the_file_that_names_it() throws Exception {
        configs.write("lists/block.txt", "a.example");
        configs.write("parts/list.txt", "b.example");
        configs.write("parts/rules.conf", "peekgate.policy.rules += { match-file = list.txt }");
        Path main = configs.write("main.conf", """
                peekgate.policy.rules = [ { match-file = "lists/block.txt" } ]
                include "parts/rules.conf"
                """);

        assertThat(ConfigLoader.load(List.of(main), List.of()).policy().rules())
                .extracting(RuleConfig::matchFiles)
                .containsExactly(
                        List.of(directory.resolve("lists/block.txt")), List.of(directory.resolve("parts/list.txt")));
    }

    @Test
    void a_rule_keeps_the_line_of_the_file_that_was_included() throws Exception {
        configs.write("part.conf", "\n\npolicy.rules = [\n{ match = a } ]");

        assertThat(configs.load("include \"part.conf\"").policy().rules().get(0).origin())
                .isEqualTo(directory.resolve("part.conf") + ":4");
    }

    @Test
    void the_patterns_of_a_regex_arrive_unchanged() throws Exception {
        assertThat(configs.load("policy.rules = [{ match = \"~^(?!example\\\\.com)(?!mitmproxy\\\\.org)\" }]")
                        .policy()
                        .rules()
                        .get(0)
                        .match())
                .containsExactly("~^(?!example\\.com)(?!mitmproxy\\.org)");
    }
}
