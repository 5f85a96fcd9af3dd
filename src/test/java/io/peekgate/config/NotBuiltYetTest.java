package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotBuiltYetTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    listeners = [{ type = proxy }]                      | listeners[0].type: "proxy" is not built yet in this version; use tls
                    listeners = [{ type = http }]                       | listeners[0].type: "http" is not built yet in this version; use tls
                    listeners = [{ bind = "systemd:egress" }]           | listeners[0].bind: "systemd:egress" is not built yet in this version; use host:port
                    listeners = [{ proxy-protocol = accept }]           | listeners[0].proxy-protocol: "accept" is not built yet in this version; use off
                    listeners = [{ proxy-protocol = require }]          | listeners[0].proxy-protocol: "require" is not built yet in this version; use off
                    listeners = [{ trusted-proxies = ["10.0.0.0/8"] }]  | listeners[0].trusted-proxies: not built yet in this version; leave it empty
                    policy.rules = [{ upstream = shop-pool }]           | policy.rules[0].upstream: not built yet in this version; use target or leave it out
                    policy.rules = [{ family = ipv4 }]                  | policy.rules[0].family: not built yet in this version; leave it out
                    upstreams.shop.servers = ["10.0.0.1:443"]           | upstreams: not built yet in this version; leave it empty
                    """)
    void a_value_that_is_not_built_is_refused_by_name(String line, String problem) throws IOException {
        assertThat(new Configs(directory).problems(line)).containsExactly("a.conf:2: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listeners = [{ type = tls, capture = auto, proxy-protocol = off, trusted-proxies = [] }]",
                "listeners = [{ capture = none }]",
                "policy { mode = observe, no-sni = drop, ech = deny, destination = resolve, tests = [] }",
                "upstreams {}",
                "relay.mode = auto",
                "admin { bind = off, token-file = x, page = false, recent = 1 }",
                "metrics { bind = off, path = /x }",
                "limits { connections = auto, per-source = 1, peeking = 1, accepts-per-second = 1 }",
            })
    void the_value_that_asks_for_nothing_is_accepted(String line) throws IOException {
        assertThat(new Configs(directory).problems(line)).isEmpty();
    }
}
