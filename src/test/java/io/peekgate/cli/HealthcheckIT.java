package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.net.Addresses;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.Tunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code peekgate healthcheck}, which is asked every few seconds, and so has to be quick. */
class HealthcheckIT {
    private static final int RUNS = 9;
    private static final int MOST_TIMES_THE_FLOOR = 4;

    @TempDir
    private Path folder;

    /** A program that does nothing: nothing that Java starts is quicker. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] args) {}
    }

    @Test
    void ready_until_it_drains() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "");
                Tunnel open = gateway.tunnel()) {
            String[] probe = {"healthcheck", "--at", Addresses.text(gateway.admin())};
            assertThat(Jar.run(probe)).isEqualTo(new ClientRun(0, "ready\n", ""));
            assertThat(gateway.jar("healthcheck")).as("by admin.bind").isEqualTo(new ClientRun(0, "ready\n", ""));
            gateway.ask("drain");

            await().untilAsserted(() -> assertThat(Jar.run(probe)).isEqualTo(new ClientRun(1, "", "draining\n")));
            open.close();
            assertThat(gateway.process().process().awaitExit()).isZero();
            ClientRun over = Jar.run(probe);
            assertThat(over.exit()).isEqualTo(1);
            assertThat(over.err())
                    .isEqualTo("peekgate: no gateway answers at 127.0.0.1 port "
                            + gateway.admin().getPort() + ": Connection refused\n");
        }
    }

    @Test
    void the_meters_are_asked_before_the_admin_api() throws Exception {
        String meters = Addresses.text(LiveGateway.freeAddress());
        assertThat(Jar.run("healthcheck", "--set", "metrics.bind=\"" + meters + "\"")
                        .err())
                .contains("port " + meters.substring(meters.indexOf(':') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9464", "127.0.0.1:70000", "127.0.0.1:http", ":9464"})
    void what_is_no_host_and_port_is_wrong_usage(String at) throws Exception {
        ClientRun run = Jar.run("healthcheck", "--at", at);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("\"" + at + "\" is no host and port; write 127.0.0.1:9464");
    }

    @Test
    void the_short_way_loads_two_classes_of_the_jar() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            ClientRun run = ClientRun.of("", probe("-Xlog:class+load", gateway.admin()));
            assertThat(run.exit()).isZero();
            assertThat(run.out().lines().filter(line -> line.contains(Jar.FILE.toString())))
                    .extracting(line -> line.replaceAll(".*\\] | source:.*", ""))
                    .containsExactly("io.peekgate.Main", "io.peekgate.cli.HealthProbe");
        }
    }

    @Test
    void it_takes_little_more_than_a_start_of_java() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            List<String> probe = probe("-Xshare:auto", gateway.admin());
            String classes = Path.of(Nothing.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
            List<String> nothing = List.of(probe.get(0), probe.get(1), "-cp", classes, Nothing.class.getName());

            long[] probes = new long[RUNS];
            long[] floors = new long[RUNS];
            for (int run = 0; run < RUNS; run++) { // in turn, so that both meet a machine that is equally busy
                probes[run] = nanos(probe);
                floors[run] = nanos(nothing);
            }
            assertThat(median(probes)).isLessThan(MOST_TIMES_THE_FLOOR * median(floors));
        }
    }

    private static List<String> probe(String option, InetSocketAddress at) {
        List<String> command = new ArrayList<>(List.of(Jar.command().get(0), option, "-jar", Jar.FILE.toString()));
        command.addAll(List.of("healthcheck", "--at", Addresses.text(at)));
        return command;
    }

    private static long nanos(List<String> command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        assertThat(ClientRun.of("", command).exit()).isZero();
        return System.nanoTime() - begin;
    }

    private static long median(long[] nanos) {
        return LongStream.of(nanos).sorted().skip(RUNS / 2).findFirst().orElseThrow();
    }
}
