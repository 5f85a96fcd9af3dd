package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds the reader, the defaults and every-key.conf against the contract's keys. */
class ConfigKeysTest {
    /** The contract's keys below {@code peekgate} but for those of lists and named blocks. */
    private static final Set<String> KEYS = words("""
            client-hello.timeout client-hello.max-size client-hello.on-misuse
            policy.mode policy.default-action policy.no-sni policy.ech policy.destination policy.on-drop
            policy.rules policy.rule-files policy.state-file policy.tests
            destinations.deny destinations.allow destinations.deny-self
            dns.servers dns.timeout dns.attempts dns.family
            dns.cache.max-ttl dns.cache.negative-ttl dns.cache.max-entries dns.overrides upstreams
            connect.timeout connect.fallback-delay connect.mark
            relay.mode relay.idle-timeout relay.half-closed-timeout relay.max-duration
            limits.connections limits.per-source limits.peeking limits.accepts-per-second
            shutdown.grace log.level log.format log.access
            admin.bind admin.token-file admin.page admin.recent admin.hosts metrics.bind metrics.path
            event-loop.threads event-loop.transport state-dir listeners
            """);

    private static final Set<String> LISTENER_KEYS = words(
            "name bind type capture default-port allow-ports sources proxy-protocol trusted-proxies backlog reuse-port");

    private static final Set<String> RULE_KEYS = words("""
            name match match-file except ports sources alpn listeners action on-drop target allow-private enabled reason
            destination ech
            """);

    /** Those that have no other value yet than their default. */
    private static final Set<String> ONE_VALUE = words("upstreams type proxy-protocol trusted-proxies");

    @TempDir
    Path directory;

    private Configs configs;
    private Path everyKey;

    @BeforeEach
    void copy_the_file_with_every_key() throws Exception {
        configs = new Configs(directory);
        everyKey = configs.everyKey();
    }

    @Test
    void the_defaults_have_exactly_the_keys_of_the_contract() {
        Config defaults = ConfigFactory.parseResources(ConfigLoader.class, "defaults.conf");

        assertThat(values("", defaults.getObject("peekgate")).keySet()).isEqualTo(KEYS);
        assertThat(defaults.getObject("items.listener").keySet()).isEqualTo(LISTENER_KEYS);
        assertThat(defaults.getObject("items.rule").keySet()).isSubsetOf(RULE_KEYS);
    }

    @Test
    void the_file_with_every_key_has_every_key() {
        assertThat(top().keySet()).isEqualTo(without(KEYS, ONE_VALUE));
        assertThat(item("listeners").keySet()).isEqualTo(without(LISTENER_KEYS, ONE_VALUE));
        assertThat(item("policy.rules").keySet()).isEqualTo(RULE_KEYS);
    }

    @TestFactory
    Stream<DynamicTest> each_key_alone_makes_a_difference() {
        return without(top().keySet(), Set.of("listeners", "policy.rules")).stream()
                .map(key -> DynamicTest.dynamicTest(
                        key,
                        () -> assertThat(configs.load(key + " = " + shown(top().get(key))))
                                .isNotEqualTo(configs.load())));
    }

    @TestFactory
    Stream<DynamicTest> each_key_of_a_listener_alone_makes_a_difference() {
        return item("listeners").entrySet().stream()
                .map(key -> DynamicTest.dynamicTest(
                        key.getKey(),
                        () -> assertThat(configs.load(
                                        "listeners = [{ " + key.getKey() + " = " + shown(key.getValue()) + " }]"))
                                .isNotEqualTo(configs.load("listeners = [{}]"))));
    }

    @TestFactory
    Stream<DynamicTest> each_key_of_a_rule_alone_makes_a_difference() {
        String listener = "listeners = [{ name = lan }]";
        return without(item("policy.rules").keySet(), Set.of("action")).stream()
                .map(key -> DynamicTest.dynamicTest(
                        key,
                        () -> assertThat(configs.load(
                                        listener,
                                        "policy.rules = [{ " + key + " = "
                                                + shown(item("policy.rules").get(key)) + " }]"))
                                .isNotEqualTo(configs.load(listener, "policy.rules = [{}]"))));
    }

    @TestFactory
    Stream<DynamicTest> no_value_of_any_key_ends_in_anything_but_a_problem() {
        Stream<String> top = KEYS.stream().map(key -> key + " = ");
        Stream<String> listener = LISTENER_KEYS.stream().map(key -> "listeners.0." + key + " = ");
        Stream<String> rule = RULE_KEYS.stream().map(key -> "policy.rules.0." + key + " = ");
        return Stream.of(top, listener, rule, Stream.of("dns = ", "policy = ", "dns.cache = ", "items = "))
                .flatMap(lines -> lines)
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    for (String odd :
                            List.of("null", "[]", "{}", "[null]", "[[1]]", "[{}]", "{ a = 1 }", "-1", "\"\"")) {
                        assertThat(configs.problems(line + odd)).allMatch(problem -> problem.startsWith("a.conf:2: "));
                    }
                }));
    }

    private Map<String, ConfigValue> top() {
        return values("", ConfigFactory.parseFile(everyKey.toFile()).getObject("peekgate"));
    }

    private ConfigObject item(String list) {
        return (ConfigObject) ((ConfigList) top().get(list)).get(0);
    }

    /** By path; a block of names is one value. */
    private static Map<String, ConfigValue> values(String prefix, ConfigObject block) {
        Map<String, ConfigValue> values = new TreeMap<>();
        block.forEach((key, value) -> {
            String path = prefix + key;
            if (value instanceof ConfigObject inner
                    && !Set.of("dns.overrides", "upstreams").contains(path)) {
                values.putAll(values(path + '.', inner));
            } else {
                values.put(path, value);
            }
        });
        return values;
    }

    private static String shown(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise());
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        List<String> rest = new ArrayList<>(all);
        rest.removeAll(some);
        return new TreeSet<>(rest);
    }
}
