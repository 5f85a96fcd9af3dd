package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a configuration beside its values: where each comes from, and which files may change it. */
class LoadedTest {
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
        Path file = new Configs(directory)
                .write("a.conf", "peekgate {\n listeners = [ { name = x, allow-ports = [1, 2] } ]\n}");

        assertThat(ConfigLoader.loadAll(List.of(file), List.of("dns.attempts=3"))
                        .settings())
                .contains(
                        new Setting("listeners[0].allow-ports", "[1,2]", file + ":2"),
                        new Setting("listeners[0].name", "\"x\"", file + ":2"),
                        new Setting("dns.attempts", "\"3\"", "--set dns.attempts=3"),
                        new Setting("policy.rules", "[]", "built-in defaults"));
    }
}
