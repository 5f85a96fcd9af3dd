package io.peekgate.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import io.peekgate.testkit.Hanging;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RecordingObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reload takes over, and that it does so wholly or not at all. */
class GatewayReloadIT {
    private static final String NAME = "tunnel.test";

    /** So many protocols make a hello of more than 1 KiB. */
    private static final String[] LONG =
            IntStream.range(0, 100).mapToObj(number -> "protocol-" + number).toArray(String[]::new);

    @TempDir
    private Path folder;

    private final RecordingObserver observer = new RecordingObserver();

    /** The server behind the name does not answer, so that without the setting each connection waits for a minute. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits.per-source=1                                | limit_source",
                "destinations.deny=[\"127.0.0.0/8\"]                | destination_denied",
                "client-hello.max-size=1024                         | hello_too_big",
                "connect.timeout=100ms                              | connect_timeout",
                "dns.overrides={ \"server.test\" = [\"127.0.0.9\"] } | connect_refused",
            })
    void newcomers_go_by_the_new_settings(String setting, String reason) throws Exception {
        try (Hanging server = new Hanging(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Gateway gateway = Gateway.start(config(server), observer);
                RawSocket early = RawSocket.connect(gateway.addresses().get(0))) {
            observer.awaitOpened(1);
            gateway.reload(config(server, setting));

            visit(gateway.addresses().get(0));
            assertThat(observer.awaitOne().reason().code()).isEqualTo(reason);
            assertThat(early.port()).isPositive();
        }
    }

    private static void visit(InetSocketAddress gateway) throws IOException {
        try (RawSocket client = RawSocket.connect(gateway)) {
            client.send(Hellos.hello().sni(NAME).alpn(LONG).wire()).hearToTheEnd();
        } catch (SocketException endedBefore) {
            // as it is where there is no place for it
        }
    }

    @Test
    void a_reload_that_fails_late_leaves_all_as_it_was() throws Exception {
        try (Hanging server = new Hanging(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Gateway gateway = Gateway.start(config(server), observer)) {
            ProxyConfig before = gateway.config();
            ProxyConfig bad =
                    guardedBy("nowhere", config(server, "limits.peeking=1", "policy.rules=[]", "dns.attempts=1"));

            assertThatThrownBy(() -> gateway.reload(bad)).hasMessageContaining("nowhere");

            assertThat(gateway.config()).isSameAs(before);
            assertThat(gateway.policy().generation()).isEqualTo(1);
            assertThat(gateway.policy().rules()).hasSize(1);
        }
    }

    /** With a guard that cannot be made, which no file can ask for. */
    private static ProxyConfig guardedBy(String deny, ProxyConfig config) {
        return new ProxyConfig(
                config.listeners(),
                config.clientHello(),
                config.policy(),
                new ProxyConfig.Destinations(List.of(deny), List.of(), true),
                config.dns(),
                config.upstreams(),
                config.connect(),
                config.relay(),
                config.limits(),
                config.shutdown(),
                config.log(),
                config.admin(),
                config.metrics(),
                config.eventLoop(),
                config.stateDir());
    }

    private ProxyConfig config(Hanging server, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "listeners=[{ bind = \"127.0.0.1:0\" }]",
                "state-dir=" + folder,
                "connect.timeout=1m",
                "dns.overrides={ \"server.test\" = [\"127.0.0.1\"] }",
                "policy.rules=[{ match = " + NAME + ", target = \"server.test:"
                        + server.address().getPort() + "\", allow-private = true }]"));
        settings.addAll(List.of(more));
        return ConfigLoader.load(List.of(), settings);
    }
}
