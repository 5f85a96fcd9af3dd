package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of mistake, with all that a person is told of it. */
class ConfigProblemsTest {
    @TempDir
    Path directory;

    private Configs configs;

    @BeforeEach
    void start() {
        configs = new Configs(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    polcy.mode = enforce                   | polcy: unknown key; did you mean "policy"?
                    policy.defualt-action = drop           | policy.defualt-action: unknown key; did you mean "default-action"?
                    dns.cache.ttl = 1s                     | dns.cache.ttl: unknown key; did you mean "max-ttl"?
                    listeners = [{ bnd = x }]              | listeners[0].bnd: unknown key; did you mean "bind"?
                    policy.rules = [{ mach = x }]          | policy.rules[0].mach: unknown key; did you mean "match"?
                    """)
    void an_unknown_key_names_the_nearest_known_one(String line, String problem) throws IOException {
        assertThat(configs.problems(line)).containsExactly("a.conf:2: " + problem);
    }

    @Test
    void a_key_outside_the_root_is_unknown() throws IOException {
        Path file = configs.write("a.conf", "\nlisteners = []");

        assertThat(configs.problems(List.of(file), List.of()))
                .containsExactly("a.conf:2: listeners: unknown key; only \"peekgate\" is known here");
    }

    @Test
    void a_key_of_an_upstream_is_known_or_not_although_upstreams_are_not_built() throws IOException {
        assertThat(configs.problems("upstreams.shop { servers = \"10.0.0.1:443\"", "health.raise = 1 }"))
                .containsExactly(
                        "a.conf:2: upstreams: not built yet in this version; leave it empty",
                        "a.conf:3: upstreams.shop.health.raise: unknown key; did you mean \"rise\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    policy = drop                     | policy: a block { } is expected, not "drop"
                    dns = null                        | dns: a block { } is expected, not null
                    listeners = { bind = x }          | listeners: a list [ ] is expected, not a block
                    listeners = [x]                   | listeners[0]: a block { } is expected, not "x"
                    policy.rules = drop               | policy.rules: a list [ ] is expected, not "drop"
                    log.level = [info]                | log.level: one value is expected, not a list
                    log.level = { a = b }             | log.level: one value is expected, not a block
                    destinations.deny-self = perhaps  | destinations.deny-self: "perhaps" is neither true nor false
                    log.level = loud                  | log.level: "loud" is none of error, warn, info, debug, trace
                    dns.family = ipv5                 | dns.family: "ipv5" is none of auto, ipv4, ipv6, ipv4-only, ipv6-only
                    """)
    void a_value_of_the_wrong_kind_says_which_is_right(String line, String problem) throws IOException {
        assertThat(configs.problems(line)).containsExactly("a.conf:2: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dns.attempts = 0                            | dns.attempts: "0" is no whole number from 1 to 10
                    dns.attempts = 2.5                          | dns.attempts: "2.5" is no whole number from 1 to 10
                    event-loop.threads = many                   | event-loop.threads: "many" is no whole number from 1 to 1024, or auto
                    listeners = [{ default-port = 65536 }]      | listeners[0].default-port: "65536" is no whole number from 1 to 65535
                    listeners = [{ allow-ports = [443, 0] }]    | listeners[0].allow-ports[1]: "0" is no whole number from 1 to 65535
                    policy.rules = [{ ports = 99999 }]          | policy.rules[0].ports: "99999" is no whole number from 1 to 65535
                    client-hello.max-size = 1 GiB               | client-hello.max-size: "1 GiB" is no size from 1024 to 1048576 bytes; write for example 32 KiB
                    client-hello.max-size = much                | client-hello.max-size: "much" is no size from 1024 to 1048576 bytes; write for example 32 KiB
                    client-hello.timeout = soon                 | client-hello.timeout: "soon" is no duration from 1ms to 365d; write a number and its unit: ms, s, m, h
                    client-hello.timeout = 5                    | client-hello.timeout: "5" is no duration from 1ms to 365d; write a number and its unit: ms, s, m, h
                    relay.idle-timeout = 0s                     | relay.idle-timeout: "0s" is no duration from 1ms to 365d; write a number and its unit: ms, s, m, h
                    shutdown.grace = -1s                        | shutdown.grace: "-1s" is no duration from 0ms to 365d; write a number and its unit: ms, s, m, h
                    dns.cache.negative-ttl = 31s                | dns.cache.negative-ttl: "31s" is no duration from 0ms to 30s; write a number and its unit: ms, s, m, h
                    """)
    void a_number_out_of_range_says_the_range(String line, String problem) throws IOException {
        assertThat(configs.problems(line)).containsExactly("a.conf:2: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    listeners = [{ bind = 8443 }]                 | listeners[0].bind: "8443" is not an address and a port; write host:port or [v6]:port
                    listeners = [{ bind = "::1:8443" }]           | listeners[0].bind: "::1:8443" is not an address and a port; write host:port or [v6]:port
                    listeners = [{ bind = "gate.example:8443" }]  | listeners[0].bind: "gate.example:8443" is not an address, localhost or * and a port; write host:port or [v6]:port
                    listeners = [{ bind = "127.0.0.1:70000" }]    | listeners[0].bind: "127.0.0.1:70000" has no port from 0 to 65535
                    dns.servers = ["ns.example:53"]               | dns.servers[0]: "ns.example:53" is not an address and a port; write host:port or [v6]:port
                    policy.no-sni = web                           | policy.no-sni: "web" is not an address and a port; write host:port or [v6]:port, or original, or drop
                    policy.rules = [{ target = "a..b:443" }]      | policy.rules[0].target: "a..b:443" is not a host name or an address and a port; write host:port or [v6]:port
                    policy.rules = [{ target = "1.2.3.400:443" }] | policy.rules[0].target: "1.2.3.400:443" is not a host name or an address and a port; write host:port or [v6]:port
                    policy.rules = [{ target = "a.example:0" }]   | policy.rules[0].target: "a.example:0" has no port from 1 to 65535
                    dns.overrides { a.example = b }               | dns.overrides.a.example: "b" is no address
                    dns.overrides { "-a" = "10.0.0.1" }           | dns.overrides.-a: "-a" is no host name
                    destinations.allow = private                  | destinations.allow: "private" is no address or network; write one such as 10.0.0.0/8 or 2001:db8::/32
                    policy.rules = [{ sources = "10.0.0.0/33" }]  | policy.rules[0].sources: "10.0.0.0/33" is no address or network; write one such as 10.0.0.0/8 or 2001:db8::/32, or any, loopback, private
                    policy.rules = [{ sources = "010.0.0.1" }]    | policy.rules[0].sources: "010.0.0.1" is no address or network; write one such as 10.0.0.0/8 or 2001:db8::/32, or any, loopback, private
                    listeners = [{ sources = ["10.1.0.7/16"] }]   | listeners[0].sources[0]: "10.1.0.7/16" has bits beyond its prefix; write 10.1.0.0/16
                    """)
    void an_address_that_is_none_says_how_to_write_it(String line, String problem) throws IOException {
        assertThat(configs.problems(line)).containsExactly("a.conf:2: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    listeners = []                                          | listeners: at least one listener is needed
                    listeners = [{ sources = [] }]                          | listeners[0].sources: an empty list; name at least one or leave the key out
                    policy.rules = [{ match = [] }]                         | policy.rules[0].match: an empty list; name at least one or leave the key out
                    listeners = [{}, { bind = "127.0.0.1:1" }]              | listeners[1]: another listener is named "egress" too; give each its own name
                    listeners = [{}, { name = b }]                          | listeners[1]: another listener has this address too; give each its own bind
                    policy.rules = [{ listeners = egres }]                  | policy.rules[0].listeners: "egres" is no listener; only "egress" is known here
                    policy.rules = [{ action = drop, target = "a.b:1" }]    | policy.rules[0].target: a rule that drops has no target
                    """)
    void values_that_do_not_go_together_are_named(String line, String problem) throws IOException {
        assertThat(configs.problems(line)).containsExactly("a.conf:2: " + problem);
    }

    @Test
    void all_mistakes_of_all_files_are_told_at_once_by_file_and_line() throws IOException {
        configs.write("rules.d/a.conf", "rules = [\n{ ports = x }\n]\nrule = 1");
        configs.write("part.conf", "\ntimeout = x");

        assertThat(configs.problems("log.level = loud", "dns { include \"part.conf\" }", "log.levle = info"))
                .containsExactly(
                        "a.conf:2: log.level: \"loud\" is none of error, warn, info, debug, trace",
                        "a.conf:4: log.levle: unknown key; did you mean \"level\"?",
                        "part.conf:2: dns.timeout: \"x\" is no duration from 1ms to 365d;"
                                + " write a number and its unit: ms, s, m, h",
                        "rules.d/a.conf:2: rules[0].ports: \"x\" is no whole number from 1 to 65535",
                        "rules.d/a.conf:4: rule: unknown key; only \"rules\" is known here");
    }

    @Test
    void a_problem_has_its_parts() throws IOException {
        Path file = configs.write("a.conf", "peekgate.log.level = loud");

        InvalidConfigException e =
                catchThrowableOfType(InvalidConfigException.class, () -> ConfigLoader.load(List.of(file), List.of()));

        assertThat(e.problems())
                .containsExactly(new Problem(
                        file.toString(), 1, "log.level", "\"loud\" is none of error, warn, info, debug, trace"));
    }

    @Test
    void files_that_do_not_exist_or_parse_are_told_together() throws IOException {
        Path broken = configs.write("broken.conf", "peekgate {\n  log = [1\n}");
        Path cycle = configs.write("cycle.conf", "include \"cycle.conf\"");

        assertThat(configs.problems(List.of(broken, directory.resolve("none.conf"), cycle, directory), List.of()))
                .satisfiesExactly(
                        problem -> assertThat(problem).endsWith(directory.getFileName() + ": no such file"),
                        problem -> assertThat(problem).startsWith("broken.conf:3: List should have"),
                        problem -> assertThat(problem)
                                .isEqualTo("cycle.conf: include statements nested more than 50"
                                        + " times, you probably have a cycle in your includes"),
                        problem -> assertThat(problem).isEqualTo("none.conf: no such file"));
    }

    @Test
    void a_reference_to_nothing_is_named() throws IOException {
        assertThat(configs.problems("", "state-dir = ${home}"))
                .containsExactly("a.conf:3: Could not resolve substitution to a value: ${home}");
    }

    @Test
    void a_file_that_a_rule_names_must_be_there() throws IOException {
        assertThat(configs.problems("policy.rules = [{ match-file = list.txt }]"))
                .containsExactly("a.conf:2: policy.rules[0].match-file: \"list.txt\" cannot be read:"
                        + " no such file: list.txt");
    }

    @Test
    void a_rule_file_that_is_named_must_be_there_and_parse() throws IOException {
        configs.write("more/b.conf", "rules = [\n");

        assertThat(configs.problems(
                        "policy.rule-files = [\"none.conf\"", "\"mo*/b.conf\"", "\"none/*.conf\"", "\"more/*.conf\"]"))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo("a.conf:2: policy.rule-files[0]: \"none.conf\" cannot be read:"
                                        + " no such file: none.conf"),
                        problem -> assertThat(problem)
                                .isEqualTo("a.conf:3: policy.rule-files[1]: \"mo*/b.conf\" has a wildcard that is not"
                                        + " in the file's name"),
                        problem -> assertThat(problem).startsWith("more/b.conf:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    log.level         | --set log.level: key=value is expected
                    =info             | --set =info: key=value is expected
                    log.level=loud    | --set log.level=loud: log.level: "loud" is none of error, warn, info, debug, trace
                    log.levl=info     | --set log.levl=info: log.levl: unknown key; did you mean "level"?
                    logs.level=info   | --set logs.level=info: logs: unknown key; did you mean "log"?
                    """)
    void an_override_that_is_wrong_is_shown(String override, String problem) {
        assertThat(configs.problems(List.of(), List.of(override))).containsExactly(problem);
    }

    @Test
    void an_override_that_does_not_parse_is_shown() {
        assertThat(configs.problems(List.of(), List.of("policy.rules=[{]", "a..b=c")))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("--set a..b=c: Invalid path"),
                        problem -> assertThat(problem).startsWith("--set policy.rules=[{]: expecting"));
    }
}
