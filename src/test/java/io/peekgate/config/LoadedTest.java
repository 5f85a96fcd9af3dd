package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a configuration beside its values: where each comes from, and which files may change it. */
class LoadedTest {
    private static final String BUILT_IN = "built-in defaults";

    @TempDir
    private Path directory;

    @Test
    void all_files_that_may_change_it_are_named() throws Exception {
        Configs configs = new Configs(directory);
        Path list = configs.write("lists/a.txt", "a.test\n");
        Path more = configs.write("more.conf", "peekgate.log.level = debug");
        Path rules = configs.write("rules.d/one.conf", "rules = [ { match-file = \"../lists/a.txt\" } ]");
        Path main = configs.write("main.conf", "include required(\"more.conf\")");

        assertThat(ConfigLoader.loadAll(List.of(main), List.of()).files())
                .containsExactlyInAnyOrder(
                        main,
                        more,
                        rules,
                        directory.resolve("rules.d/*.conf"),
                        directory.resolve("rules.d/../lists/a.txt"));
        assertThat(list).exists();
    }

    @Test
    void each_value_in_effect_is_there_with_its_origin() throws Exception {
        Path file = new Configs(directory).write("a.conf", """
                        peekgate {
                         listeners = [ { name = x, allow-ports = [1, 2] }, { bind = "[::1]:1" } ]
                         policy.rules = [ { match = a.test } ]
                         policy.tests = [ { sni = a.test, expect = passthrough } ]
                        }
                        """);

        assertThat(ConfigLoader.loadAll(List.of(file), List.of("dns.attempts=3"))
                        .settings())
                .contains(
                        new Setting("listeners[0].allow-ports", "[1,2]", file + ":2"),
                        new Setting("listeners[0].name", "\"x\"", file + ":2"),
                        new Setting("dns.attempts", "\"3\"", "--set dns.attempts=3"),
                        new Setting("policy.rule-files", "[\"rules.d/*.conf\"]", BUILT_IN))
                .contains(
                        new Setting("listeners[0].bind", "\"127.0.0.1:8443\"", BUILT_IN),
                        new Setting("listeners[0].backlog", "4096", BUILT_IN),
                        new Setting("listeners[1].name", "\"egress\"", BUILT_IN),
                        new Setting("listeners[1].bind", "\"[::1]:1\"", file + ":2"),
                        new Setting("policy.rules[0].match", "\"a.test\"", file + ":3"),
                        new Setting("policy.rules[0].action", "\"passthrough\"", BUILT_IN),
                        new Setting("policy.tests[0].port", "443", BUILT_IN));
    }

    @Test
    void without_a_file_the_one_listener_is_told_of_in_full() {
        assertThat(ConfigLoader.loadAll(List.of(), List.of()).settings())
                .extracting(Setting::key)
                .filteredOn(key -> key.startsWith("listeners"))
                .hasSize(ListenerConfig.class.getRecordComponents().length);
    }
}
