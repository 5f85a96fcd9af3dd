package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** every-key.conf, value by value. */
class ConfigReaderTest {
    @TempDir
    Path directory;

    @Test
    void listeners_and_policy_are_read_as_written() throws Exception {
        Path everyKey = new Configs(directory).everyKey();
        ProxyConfig config = ConfigLoader.load(List.of(everyKey), List.of());

        assertThat(config.listeners())
                .containsExactly(new ListenerConfig(
                        "lan",
                        new InetSocketAddress(InetAddress.getByName("2001:db8::9"), 9000),
                        ListenerConfig.Type.TLS,
                        ListenerConfig.Capture.NONE,
                        8443,
                        List.of(993),
                        List.of("any"),
                        ListenerConfig.ProxyProtocol.OFF,
                        List.of(),
                        5,
                        false));
        assertThat(config.policy().rules().get(0))
                .isEqualTo(new RuleConfig(
                        Optional.of("bank"),
                        List.of("bank.example.com", "*.bank.example.com"),
                        List.of(directory.resolve("list.txt")),
                        List.of("x.bank.example.com"),
                        List.of(443, 8443),
                        List.of("10.1.0.0/16", "2001:db8::1"),
                        List.of("h2"),
                        List.of("lan"),
                        ProxyConfig.Action.PASSTHROUGH,
                        Optional.of(ProxyConfig.OnDrop.CLOSE),
                        Optional.of(new HostPort("2001:db8::7", 8443)),
                        true,
                        Optional.of(ProxyConfig.Destination.RESOLVE),
                        Optional.of(ProxyConfig.Ech.DENY),
                        false,
                        "pinned certificate",
                        everyKey + ":13"));
        assertThat(config.policy())
                .isEqualTo(new ProxyConfig.Policy(
                        ProxyConfig.Mode.OBSERVE,
                        ProxyConfig.Action.PASSTHROUGH,
                        Optional.of("fallback.example:8443"),
                        ProxyConfig.Ech.ALLOW,
                        ProxyConfig.Destination.STRICT,
                        ProxyConfig.OnDrop.RESET,
                        config.policy().rules(),
                        Path.of("/srv/rules.json"),
                        List.of(new ProxyConfig.PolicyTest(
                                "bank.example.com",
                                8443,
                                Optional.of(InetAddress.getByName("10.1.2.3")),
                                List.of("h2"),
                                ProxyConfig.Action.PASSTHROUGH,
                                Optional.of("bank"),
                                everyKey + ":21"))));
    }

    @Test
    void the_other_blocks_are_read_as_written() throws Exception {
        Path everyKey = new Configs(directory).everyKey();
        ProxyConfig config = ConfigLoader.load(List.of(everyKey), List.of());

        assertThat(config)
                .isEqualTo(new ProxyConfig(
                        config.listeners(),
                        new ProxyConfig.ClientHello(Duration.ofMillis(1500), 16 * 1024, ProxyConfig.OnMisuse.CLOSE),
                        config.policy(),
                        new ProxyConfig.Destinations(List.of("192.0.2.0/24"), List.of("10.0.0.0/8", "fd00::/8"), false),
                        new ProxyConfig.Dns(
                                List.of(
                                        new InetSocketAddress("10.0.0.53", 53),
                                        new InetSocketAddress("2001:db8::53", 5353)),
                                Duration.ofSeconds(1),
                                3,
                                ProxyConfig.Family.IPV6_ONLY,
                                new ProxyConfig.Cache(Duration.ofHours(2), Duration.ofSeconds(30), 7),
                                Map.of(
                                        "api.corp.example",
                                        List.of(InetAddress.getByName("10.0.0.7"), InetAddress.getByName("10.0.0.8")),
                                        "db.corp.example",
                                        List.of(InetAddress.getByName("2001:db8::1")))),
                        Map.of(),
                        new ProxyConfig.Connect(Duration.ofSeconds(3), Duration.ofMillis(100), Optional.of(7)),
                        new ProxyConfig.Relay(
                                ProxyConfig.RelayMode.COPY,
                                Duration.ofHours(1),
                                Duration.ofSeconds(5),
                                Duration.ofDays(1)),
                        new ProxyConfig.Limits(Optional.of(500), 0, 10, 100),
                        new ProxyConfig.Shutdown(Duration.ZERO),
                        new ProxyConfig.Log(ProxyConfig.Level.DEBUG, ProxyConfig.Format.JSON, ProxyConfig.Access.DROPS),
                        new ProxyConfig.Admin(
                                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9444)),
                                Path.of("/run/token"),
                                false,
                                5,
                                List.of("gate.example")),
                        new ProxyConfig.Metrics(
                                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9465)), "/m"),
                        new ProxyConfig.EventLoop(Optional.of(2), ProxyConfig.Transport.NIO),
                        Path.of("/srv")));
    }
}
