package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** conf/peekgate.conf works, and is right as a manual. */
class ShippedConfigTest {
    @TempDir
    Path directory;

    @Test
    void the_shipped_file_is_the_default_file_and_lets_everything_pass() {
        assertThat(ConfigLoader.defaultFiles()).containsExactly(Path.of("conf/peekgate.conf"));

        ProxyConfig shipped = ConfigLoader.load(ConfigLoader.defaultFiles(), List.of());
        ProxyConfig builtIn = ConfigLoader.load(List.of(), List.of("policy.default-action=passthrough"));

        assertThat(shipped).isEqualTo(builtIn);
        assertThat(shipped.listeners().get(0).bind().getAddress().isLoopbackAddress())
                .isTrue();
    }

    @Test
    void every_line_that_is_commented_out_may_be_put_in() throws Exception {
        String text = Files.readString(Path.of("conf/peekgate.conf"));
        String complete = text.replaceAll("(?m)^( +)# (\\{|  sources|[a-z-]+ [={] ?)", "$1$2");
        Configs configs = new Configs(directory);
        configs.write("blocklist.txt", "");

        ProxyConfig config = ConfigLoader.load(List.of(configs.write("complete.conf", complete)), List.of());

        assertThat(config.policy().rules()).hasSize(8);
        assertThat(config.dns().overrides()).hasSize(1);
        assertThat(config)
                .usingRecursiveComparison()
                .ignoringFields("policy.rules", "dns.overrides")
                .isEqualTo(ConfigLoader.load(List.of(Path.of("conf/peekgate.conf")), List.of()));
    }
}
