package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.demo.DnsServer;
import io.peekgate.net.Addresses;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Shell;
import io.peekgate.testkit.Tunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running gateway: the packaged program on both sides. */
class LiveCommandsIT {
    @TempDir
    private Path folder;

    @Test
    void status_tells_how_the_gateway_is() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "");
                Tunnel open = gateway.tunnel()) {
            gateway.outcome("elsewhere.test");
            ClientRun status = gateway.jar("status");

            assertThat(status.err()).isEmpty();
            assertThat(status.exit()).isZero();
            assertThat(status.out().lines())
                    .anyMatch(line -> line.matches("state      running, up \\d+ s, version [0-9.]+"))
                    .anyMatch(line ->
                            line.matches("listener   egress on 127\\.0\\.0\\.1:\\d+ \\(tls, capture auto, .+\\)"))
                    .contains(
                            "policy     enforce, default drop, generation 1",
                            "rules      0 made at run time, then 1 of the configuration",
                            "open       1 (0 peeking, 0 dialling, 1 relaying)",
                            "over       1 (0 pass, 1 drop, 0 fail)",
                            "reasons    default_drop 1",
                            "bytes      0 B up, 0 B down");
            JsonLine json = JsonLine.parse(gateway.ask("status", "--json").out());
            assertThat(json.text("state")).isEqualTo("running");
            assertThat(open.client().isConnected()).isTrue();
        }
    }

    @Test
    void open_connections_are_listed_and_killed() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "");
                Tunnel open = gateway.tunnel()) {
            String client = "127.0.0.1:" + open.client().getLocalPort();
            String server = "127.0.0.1:" + open.server().getLocalPort();
            String[] row = gateway.jar("connections", "list").out().split("[\t\n]");

            assertThat(row).hasSize(9);
            assertThat(List.of(row).subList(2, 9))
                    .startsWith("relay", client, LiveGateway.NAME, "tunnel", server)
                    .last()
                    .isEqualTo("0");
            JsonLine json = JsonLine.parse(
                    gateway.ask("connections", "list", "--json", "--sni", LiveGateway.NAME, "--source", "127.0.0.0/8")
                            .out());
            assertThat(json.list("connections")).hasSize(1);
            assertThat(gateway.ask("connections", "list", "--sni", "other.test"))
                    .isEqualTo(new ClientRun(0, "", ""));
            assertThat(gateway.jar("connections", "kill", "nosuch-1", row[0]))
                    .isEqualTo(new ClientRun(
                            1,
                            "killed " + row[0] + "\n",
                            "peekgate: there is no connection nosuch-1, or it is over\n"));
            assertThat(gateway.ask("connections", "kill", "../a b?").err())
                    .startsWith("peekgate: there is no connection ..%2Fa%20b%3F");
            assertThatThrownBy(() -> open.client().getInputStream().read()).hasMessageContaining("reset");
            assertThat(gateway.process().awaitAccess().text("end")).isEqualTo("killed");
        }
    }

    @Test
    void tables_are_made_for_the_eye_on_a_terminal() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "");
                Tunnel open = gateway.tunnel()) {
            String list = String.join(" ", Jar.command(gateway.command("connections", "list")));
            List<String> coloured = Shell.onTerminal("env -u NO_COLOR TERM=xterm " + list)
                    .lines()
                    .toList();
            List<String> plain =
                    Shell.onTerminal("NO_COLOR=1 TERM=xterm " + list).lines().toList();

            assertThat(coloured.get(0)).startsWith("\u001b[1mID ");
            assertThat(plain).hasSize(2).noneMatch(line -> line.contains("\u001b"));
            assertThat(plain.get(0)).matches("ID +SINCE +PHASE +SOURCE +SNI +RULE +UPSTREAM +UP +DOWN");
            assertThat(plain.get(1)).endsWith("   0").hasSameSizeAs(plain.get(0));
            assertThat(plain.get(1).indexOf(LiveGateway.NAME))
                    .isEqualTo(plain.get(0).indexOf("SNI"));
            assertThat(open.client().isConnected()).isTrue();
        }
    }

    @Test
    void the_log_is_filtered() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            gateway.outcome("one.test");
            gateway.outcome("two.test");
            gateway.tunnel().close();
            gateway.process().awaitAccess();

            assertThat(names(gateway.jar("connections", "log")))
                    .containsExactly("one.test", "two.test", LiveGateway.NAME);
            assertThat(names(gateway.ask("connections", "log", "--drops", "-n", "1")))
                    .containsExactly("two.test");
            assertThat(names(gateway.ask("connections", "log", "--sni", "one.test")))
                    .containsExactly("one.test");
            assertThat(names(gateway.ask("connections", "log", "--reason", "rule")))
                    .containsExactly(LiveGateway.NAME);
            assertThat(names(gateway.ask("connections", "log", "--source", "192.0.2.0/24")))
                    .isEmpty();
            assertThat(names(gateway.ask("connections", "log", "-n", "0"))).isEmpty();
            assertThat(gateway.ask("connections", "log", "--reason", "luck").err())
                    .startsWith("peekgate: reason: one of rule, default, ");
            assertThat(gateway.ask("connections", "log", "-n", "-1").exit()).isEqualTo(2);
        }
    }

    @Test
    void the_log_is_followed_until_the_gateway_ends() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            gateway.outcome("before.test");
            gateway.outcome("past.test");
            gateway.tunnel().close();
            gateway.process().awaitAccess();
            try (JarProcess log = JarProcess.start(gateway.command("connections", "log", "-f", "--drops", "-n", "1"))) {
                log.awaitOut(line -> line.contains("past.test"));
                gateway.outcome("next.test");
                log.awaitOut(line -> line.contains("next.test"));
                assertThat(gateway.process().stop()).isZero();

                assertThat(log.awaitExit()).isEqualTo(1);
                assertThat(log.out()).hasSize(2).allSatisfy(JsonLine::parse);
                assertThat(log.err())
                        .containsExactly("peekgate: the gateway at " + Addresses.text(gateway.admin()) + " has ended");
            }
        }
    }

    @Test
    void following_ends_silently_by_sigint() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            gateway.outcome("past.test");
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
            command.addAll(Jar.command(gateway.command("connections", "log", "-f")));
            try (JarProcess log = JarProcess.of(command)) {
                log.awaitOut(line -> line.contains("past.test"));
                ClientRun.of("", List.of("kill", "-INT", Long.toString(log.pid())));

                assertThat(log.awaitExit()).isEqualTo(130);
                assertThat(log.err()).isEmpty();
            }
        }
    }

    @Test
    void explain_asks_for_the_rules_in_force() throws Exception {
        Path hello = Files.write(folder.resolve("hello"), Hellos.captured("curl-h2"));
        try (DnsServer dns = new DnsServer().fails(LiveGateway.NAME, DnsResponseCode.NXDOMAIN);
                LiveGateway gateway = new LiveGateway(
                        folder,
                        "peekgate { dns.servers = [\"" + Addresses.text(dns.address())
                                + "\"], policy.rules = [ { name = gone, match = " + LiveGateway.NAME + " } ] }")) {
            gateway.write("peekgate { listeners = [ { name = new, bind = \"127.0.0.1:0\", default-port = 8443 } ]"
                    + "\npolicy.rules = [ { match = " + LiveGateway.NAME + ", action = drop } ] }");
            ClientRun live = gateway.jar("explain", "--live", LiveGateway.NAME);

            assertThat(gateway.ask("explain", LiveGateway.NAME).exit()).isEqualTo(3);
            assertThat(live.exit()).isZero();
            assertThat(live.out()).startsWith("asked     tunnel.test:443 from 127.0.0.1 through egress\n");
            assertThat(JsonLine.parse(gateway.ask("explain", "--live", LiveGateway.NAME, "--json")
                                    .out())
                            .text("rule"))
                    .isEqualTo("gone");
            assertThat(gateway.ask("explain", "--live", "--resolve", LiveGateway.NAME)
                            .exit())
                    .isEqualTo(1);
            ClientRun dropped = gateway.ask("explain", "--live", "--hello", hello.toString());
            assertThat(dropped.exit()).isEqualTo(3);
            assertThat(dropped.out()).contains("asked     www.example.com:443", "alpn      h2, http/1.1");
        }
    }

    @Test
    void rules_are_proposed_of_what_the_gateway_remembers() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            gateway.tunnel().close();
            gateway.process().awaitAccess();

            assertThat(gateway.jar("propose", "--live").out())
                    .contains(
                            "{ match = \"tunnel.test\", action = passthrough, reason = \"seen 1 time from 1 client\" }");
            assertThat(gateway.ask("propose", "--live", "some.log").exit()).isEqualTo(2);
        }
    }

    @Test
    void reload_tells_what_became_of_it() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            assertThat(gateway.jar("reload")).isEqualTo(new ClientRun(0, "reloaded: generation 2\n", ""));
            gateway.write("peekgate.policy.tests = [ { sni = " + LiveGateway.NAME + ", expect = drop } ]");
            ClientRun refused = gateway.jar("reload");

            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).startsWith("peekgate: ").contains("drop is expected, but it passes");
            assertThat(gateway.ask("status").out())
                    .contains("generation 2\n")
                    .containsPattern("reload     refused at [-0-9]+T[:.0-9]+Z by the admin API:\n {11}\\S.*\n {11}\\S");
        }
    }

    @Test
    void drain_ends_the_gateway() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            ClientRun drain = gateway.jar("drain");

            assertThat(drain.exit()).isZero();
            assertThat(drain.out()).startsWith("draining: ");
            assertThat(gateway.process().process().awaitExit()).isZero();
            assertThat(gateway.process().messages()).contains("Draining: asked by the admin API");
        }
    }

    private static List<String> names(ClientRun log) {
        assertThat(log.err()).isEmpty();
        return log.out().lines().map(line -> JsonLine.parse(line).text("sni")).toList();
    }
}
