package io.peekgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code connect.mark}: the gateway's own packets are known by it. */
@RequiresNamespaces
@RequiresClient({"curl", "setpriv"})
class MarkIT {
    private static final String CONFIGURATION = """
            peekgate {
              listeners = [ { bind = "127.0.0.1:8443" } ]
              connect.mark = 5
              dns { servers = ["127.0.0.1:5353"], timeout = 100ms, attempts = 1 }
              destinations.allow = ["127.0.0.0/8"]
              policy.rules = [ { match = "dialled.test", action = passthrough, target = "127.0.0.1:4444" } ]
              policy.default-action = passthrough
            }
            """;
    private static final String COUNTERS = """
            table inet count {
              chain out {
                type filter hook output priority 0;
                meta mark 5 udp dport 5353 counter comment "asked"
                meta mark 5 tcp dport 4444 counter comment "dialled"
              }
            }
            """;

    @Test
    void is_on_dials_and_on_questions_to_dns(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("peekgate.conf"), CONFIGURATION, UTF_8);
        try (Namespace host = Namespace.create("host")) {
            host.run("nft", COUNTERS);
            try (GatewayProcess gateway = GatewayProcess.in(host, file)) {
                for (String name : List.of("asked.test", "dialled.test")) {
                    host.exec("curl", "-sk", "--resolve", name + ":8443:127.0.0.1", "https://" + name + ":8443/");
                    gateway.awaitAccess(line -> line.text("sni").equals(name));
                }
            }

            assertThat(host.run("nft", "list", "table", "inet", "count"))
                    .doesNotContain("packets 0")
                    .contains("dialled", "asked");
        }
    }

    @Test
    void takes_a_right(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("peekgate.conf"), CONFIGURATION, UTF_8);
        try (Namespace host = Namespace.create("host")) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set", "-net_admin,-net_raw"));
            command.addAll(Jar.command("run", "-c", file.toString(), "--set", "state-dir=" + directory));

            ClientRun run = host.exec(command.toArray(String[]::new));

            assertThat(run.err()).contains("peekgate: connect.mark", "CAP_NET_ADMIN", "--exempt-uid");
            assertThat(run.exit()).isEqualTo(77);
        }
    }
}
