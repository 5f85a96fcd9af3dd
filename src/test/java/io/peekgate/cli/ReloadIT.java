package io.peekgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.boot.StateLock;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Scrape;
import io.peekgate.testkit.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway takes over what its files say, or says why not and stays as it is. */
class ReloadIT {
    private static final String NAME = "tunnel.test";
    private static final String BASE = "peekgate { listeners = [ { bind = \"127.0.0.1:0\" } ] }\n";

    @TempDir
    private Path folder;

    private Path file;
    private Path state;

    @BeforeEach
    void nameTheFiles() {
        file = folder.resolve("gate.conf");
        state = folder.resolve("var");
    }

    @Test
    void sighup_brings_new_rules_to_newcomers_and_leaves_live_connections_alone() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin()) {
            write(origin.passing(NAME));
            try (GatewayProcess gateway = start();
                    Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
                write(origin.passing(NAME) + "\npeekgate.policy.rules = [ { name = no, match = " + NAME
                        + ", action = drop } ]");
                ClientRun told = reload();
                assertThat(told.err()).isEmpty();
                assertThat(told.out()).isEqualTo(told(gateway));
                assertThat(gateway.awaitMessage(message -> message.startsWith("Reloaded")))
                        .isEqualTo(
                                "Reloaded (SIGHUP): generation 2, rules 1, of these made at run time 0; changed: policy");

                Tunnel.hello(gateway.address(), NAME).close();
                JsonLine dropped = gateway.awaitAccess();
                assertThat(dropped.text("rule")).isEqualTo("no");
                assertThat(dropped.number("generation")).isEqualTo(2);
                byte[] bytes = TlsOrigin.bytes(1000);
                tunnel.server().getOutputStream().write(bytes);
                assertThat(tunnel.client().getInputStream().readNBytes(bytes.length))
                        .isEqualTo(bytes);
                tunnel.close();
                assertThat(gateway.awaitAccess().number("generation")).isEqualTo(1);
            }
        }
    }

    @Test
    void a_configuration_that_cannot_be_used_is_told_of_and_changes_nothing() throws Exception {
        write("peekgate.policy { default-action = drop }");
        try (GatewayProcess gateway = start()) {
            write("peekgate.policy { default-acton = passthrough }");
            assertThat(reload().exit()).isEqualTo(1);
            hangUp(gateway);
            gateway.awaitMessage(
                    message -> message.contains("gate.conf:2: policy.default-acton: unknown key; did you mean"));
            write("peekgate.policy { default-action = passthrough, tests = [ { sni = a.test, expect = drop } ] }");
            hangUp(gateway);
            gateway.awaitMessage(message -> message.contains("drop is expected, but it passes"));
            gateway.awaitMessage(message -> message.startsWith("asked     a.test:443"));

            Tunnel.hello(gateway.address(), NAME).close();
            JsonLine line = gateway.awaitAccess();
            assertThat(line.text("reason")).isEqualTo("default_drop");
            assertThat(line.number("generation")).isEqualTo(1);
        }
    }

    @Test
    void reloads_are_counted_by_what_came_of_them() throws Exception {
        int port = LiveGateway.freeAddress().getPort();
        write("");
        try (GatewayProcess gateway = start("--set", "metrics.bind=\"127.0.0.1:" + port + "\"")) {
            write("peekgate { oops = 1 }");
            hangUp(gateway);
            gateway.awaitMessage(message -> message.startsWith("Not reloaded"));
            for (int limit : List.of(7, 8)) {
                write("peekgate.limits.peeking = " + limit);
                hangUp(gateway);
                gateway.awaitMessage(message -> message.startsWith("Reloaded (SIGHUP): generation " + (limit - 5)));
            }

            await().ignoreExceptions() // while the meters are being loaded
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        Scrape meters = scrape(port);
                        assertThat(reloads(meters, "failure")).isEqualTo(1);
                        assertThat(reloads(meters, "success")).isEqualTo(2);
                    });
        }
    }

    private static double reloads(Scrape meters, String result) {
        return meters.sum("peekgate_reloads_total", Map.of("result", result));
    }

    private static Scrape scrape(int port) throws IOException {
        try (InputStream meters =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return Scrape.parse(new String(meters.readAllBytes(), UTF_8));
        }
    }

    @Test
    void listeners_come_and_go_and_those_that_stay_keep_their_socket() throws Exception {
        Files.writeString(
                file, listeners("{ name = a, bind = \"127.0.0.1:0\" }, { name = b, bind = \"127.0.0.2:0\" }"));
        try (GatewayProcess gateway = start()) {
            Files.writeString(file, listeners("{ name = a, bind = \"127.0.0.1:0\", sources = [\"192.0.2.1\"] }"));
            hangUp(gateway);
            gateway.awaitMessage(message -> message.startsWith("Reloaded"));

            Tunnel.hello(gateway.address(), NAME).close();
            assertThat(gateway.awaitAccess().text("reason")).isEqualTo("source_denied");
            await().until(() -> refuses(gateway));
        }
    }

    @Test
    void what_counts_only_after_a_restart_is_named() throws Exception {
        write("");
        try (GatewayProcess gateway = start()) {
            write("peekgate { event-loop.threads = 1, limits.peeking = 7 }");
            hangUp(gateway);
            assertThat(gateway.awaitMessage(message -> message.startsWith("These count")))
                    .isEqualTo("These count only after a restart: event-loop");
            assertThat(gateway.messages()).anyMatch(message -> message.endsWith("changed: limits"));
        }
    }

    @Test
    void with_watch_a_changed_list_counts_by_itself_also_behind_a_symbolic_link_that_is_turned() throws Exception {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        version("one", "a.test");
        Files.createSymbolicLink(mounted.resolve("..data"), folder.resolve("one"));
        Files.createSymbolicLink(mounted.resolve("list.txt"), Path.of("..data", "list.txt"));
        write("peekgate.policy.rules = [ { match-file = \"mounted/list.txt\", action = drop } ]");
        try (GatewayProcess gateway = start("--watch")) {
            version("two", NAME);
            Path turned = Files.createSymbolicLink(mounted.resolve("..next"), folder.resolve("two"));
            Files.move(turned, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            gateway.awaitMessage(message -> message.startsWith("Reloaded (changed files)"));

            Tunnel.hello(gateway.address(), NAME).close();
            assertThat(gateway.awaitAccess().text("reason")).isEqualTo("rule_drop");
        }
    }

    @Test
    void with_watch_rules_made_by_a_command_count_by_themselves_and_once() throws Exception {
        write("");
        try (GatewayProcess gateway = start("--watch")) {
            assertThat(rules("add", NAME, "--action", "drop").err()).contains("peekgate reload");
            gateway.awaitMessage(message -> message.contains("of these made at run time 1"));

            Tunnel.hello(gateway.address(), NAME).close();
            assertThat(gateway.awaitAccess().text("rule")).isEqualTo("r1");
            Files.createDirectories(folder.resolve("rules.d"));
            Files.writeString(folder.resolve("rules.d/more.conf"), "rules = [ { match = other.test } ]");
            gateway.awaitMessage(message -> message.contains("generation 3, rules 2"));
            assertThat(gateway.messages()).hasSize(2);
        }
    }

    @Test
    void a_gateway_that_took_over_is_told_as_soon_as_the_other_drains() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin()) {
            write(origin.passing(NAME));
            try (GatewayProcess first = start();
                    Tunnel tunnel = origin.connect(first.address(), NAME);
                    GatewayProcess second = start("--takeover")) {
                assertThat(reload().out()).isEqualTo(told(first));
                first.process().terminate();
                await().ignoreExceptions() // while the process signs it
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> StateLock.holder(state).orElse(0)
                                == second.process().pid());

                assertThat(reload().out()).isEqualTo(told(second));
                second.awaitMessage(message -> message.startsWith("Reloaded"));
                tunnel.close();
                assertThat(first.process().awaitExit()).isZero();
            }
        }
    }

    private static String told(GatewayProcess gateway) {
        return "told gateway " + gateway.process().pid() + " to reload\n";
    }

    @Test
    void without_a_gateway_there_is_nothing_to_reload() throws Exception {
        write("");
        assertThat(reload())
                .isEqualTo(new ClientRun(1, "", "peekgate: no gateway holds " + state + "; nothing to reload\n"));
    }

    private static String listeners(String listeners) {
        return "peekgate { listeners = [ " + listeners + " ] }";
    }

    private void version(String name, String pattern) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("list.txt"), pattern + "\n");
    }

    private void write(String configuration) throws IOException {
        Files.writeString(file, BASE + configuration);
    }

    private GatewayProcess start(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of("--set", "state-dir=" + state));
        options.addAll(List.of(more));
        return GatewayProcess.of(file, options.toArray(String[]::new));
    }

    private ClientRun reload() throws IOException, InterruptedException {
        return Jar.run("reload", "-c", file.toString(), "--set", "state-dir=" + state);
    }

    private ClientRun rules(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("rules", verb, "-c", file.toString(), "--set", "state-dir=" + state));
        command.addAll(List.of(arguments));
        return Jar.run(command.toArray(String[]::new));
    }

    private static void hangUp(GatewayProcess gateway) throws IOException, InterruptedException {
        String pid = Long.toString(gateway.process().pid());
        assertThat(ClientRun.of("", List.of("kill", "-HUP", pid)).exit()).isZero();
    }

    private static boolean refuses(GatewayProcess gateway) throws IOException {
        try (Socket newcomer = new Socket()) {
            newcomer.connect(
                    gateway.addresses().get(1), (int) Duration.ofSeconds(5).toMillis());
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }
}
