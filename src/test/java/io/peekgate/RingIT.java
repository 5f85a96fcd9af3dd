package io.peekgate;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Closer;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Link;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways of which each routes to the other, and intercepts what the other sends; and a client of one of them. */
@RequiresNamespaces
@RequiresClient("openssl")
class RingIT {
    private static final String NOWHERE = "198.18.9.9";
    private static final int VISITS = 20;

    @TempDir
    private Path directory;

    @Test
    void a_visit_goes_round_once_and_no_further() throws Exception {
        try (Closer open = new Closer()) {
            Namespace client = open.add(Namespace.create("client"));
            Namespace near = open.add(Namespace.create("near"));
            Namespace far = open.add(Namespace.create("far"));
            Link inside = client.link(near, 1);
            Link between = near.link(far, 2);
            client.defaultVia(inside.far4());
            near.defaultVia(between.far4());
            far.defaultVia(between.near4());
            GatewayProcess first = open.add(gateway(near));
            GatewayProcess second = open.add(gateway(far));

            visit(client, first);
            long descriptors = first.process().descriptors() + second.process().descriptors();
            List<Double> cut = new ArrayList<>();
            for (int i = 0; i < VISITS; i++) {
                cut.add(visit(client, first));
            }

            assertThat(first.access())
                    .as("the client's and the one that came back")
                    .hasSize(2 * (VISITS + 1));
            assertThat(second.access()).hasSize(VISITS + 1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            first.process().descriptors() + second.process().descriptors() <= descriptors);
            cut.sort(naturalOrder());
            System.out.printf(
                    "FIGURE ring of two gateways: 2 extra connections, cut after %.1f ms (median of %d), %.1f ms at most%n",
                    cut.get(VISITS / 2), VISITS, cut.get(VISITS - 1));
            assertThat(cut.get(VISITS / 2)).as("median in ms").isLessThan(100);
            assertThat(cut.get(VISITS - 1)).as("at most, on a busy machine").isLessThan(5000);
        }
    }

    /** How long the client's connection was open, in milliseconds. */
    private static double visit(Namespace client, GatewayProcess first) throws IOException, InterruptedException {
        ClientRun run = client.exec("openssl", "s_client", "-connect", NOWHERE + ":443", "-servername", "www.test");
        assertThat(run.exit()).isNotZero();
        Map<String, JsonLine> lines = Stream.of(first.awaitAccess(), first.awaitAccess())
                .collect(Collectors.toMap(line -> line.text("reason"), Function.identity()));
        assertThat(lines).containsOnlyKeys("default", "loop");
        assertThat(lines.get("loop").text("detail")).contains(" brings back the hello of 198.18.1.1:");
        return lines.get("default").number("duration_ms");
    }

    private GatewayProcess gateway(Namespace host) throws IOException, InterruptedException {
        host.forward();
        host.run("nft", """
                table inet ring { chain in {
                  type nat hook prerouting priority dstnat; tcp dport 443 redirect to :8443; }; }""");
        Path file = Files.writeString(directory.resolve(host.role() + ".conf"), """
                peekgate {
                  listeners = [ { bind = "*:8443", capture = redirect, sources = any } ]
                  policy.default-action = passthrough
                  destinations.allow = ["198.18.0.0/15"]
                  dns { servers = ["127.0.0.1:1"], timeout = 50ms, attempts = 1, overrides { "www.test" = ["%s"] } }
                }
                """.formatted(NOWHERE));
        return GatewayProcess.in(host, file);
    }
}
