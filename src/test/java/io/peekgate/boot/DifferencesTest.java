package io.peekgate.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reload says of itself. */
class DifferencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy.state-file=/tmp/other.json    | policy.state-file",
                "connect.mark=7                       | connect.mark",
                "log.format=json                      | log.format",
                "admin.page=false                     | admin",
                "metrics.path=/other                  | metrics",
                "event-loop.threads=1                 | event-loop",
                "state-dir=/tmp/other                 | policy.state-file, admin, state-dir",
                "limits.peeking=7                     | ''",
                "relay.idle-timeout=1m                | ''",
                "log.level=debug                      | ''",
            })
    void what_counts_only_after_a_restart_is_named(String setting, String named) {
        assertThat(String.join(", ", Differences.needingRestart(config(), config(setting))))
                .isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({
        "client-hello.timeout=1s, client-hello",
        "policy.default-action=passthrough, policy",
        "destinations.deny-self=false, destinations",
        "dns.attempts=1, dns",
        "connect.timeout=1s, connect",
        "relay.idle-timeout=1m, relay",
        "limits.peeking=7, limits",
        "shutdown.grace=1s, shutdown",
        "log.level=debug, log"
    })
    void what_has_changed_is_named_by_its_block(String setting, String block) {
        assertThat(Differences.changed(config(), config(setting))).containsExactly(block);
    }

    private static ProxyConfig config(String... settings) {
        return ConfigLoader.load(List.of(), List.of(settings));
    }
}
