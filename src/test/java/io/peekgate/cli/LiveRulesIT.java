package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.JsonLine;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code peekgate rules} beside a running gateway: each change counts for the next connection, without a reload. */
class LiveRulesIT {
    /** So many rules are longer than a body that the API takes. */
    private static final int MANY = 6_000;

    @TempDir
    private Path folder;

    @Test
    void the_whole_life_of_rules() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            assertThat(gateway.outcome("a.test")).isEqualTo("default_drop");
            assertThat(gateway.jar("rules", "add", "a.test", "b.test", "--action", "drop"))
                    .isEqualTo(new ClientRun(0, "added r1 a.test\nadded r2 b.test\n", ""));
            assertThat(gateway.outcome("a.test")).isEqualTo("r1");
            gateway.ask("rules", "disable", "r1");
            assertThat(gateway.outcome("a.test")).isEqualTo("default_drop");
            gateway.ask("rules", "enable", "r1");
            assertThat(gateway.outcome("a.test")).isEqualTo("r1");
            gateway.ask("rules", "edit", "r2", "match=a.test", "reason=ours");
            gateway.ask("rules", "move", "r2", "--before", "r1");
            assertThat(gateway.outcome("a.test")).isEqualTo("r2");
            assertThat(gateway.ask("rules", "remove", "r2").out()).isEqualTo("removed r2\n");
            assertThat(gateway.outcome("a.test")).isEqualTo("r1");
            assertThat(gateway.process().messages()).noneMatch(message -> message.startsWith("Reloaded"));
            assertThat(gateway.ask("rules", "remove", "r7"))
                    .isEqualTo(new ClientRun(1, "", "peekgate: there is no rule r7 among those made at run time\n"));
        }
    }

    @Test
    void the_list_is_that_of_the_gateway_and_counts_hits() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            gateway.ask("rules", "add", "a.test", "--action", "drop", "--reason", "no ads");
            gateway.outcome("a.test");
            gateway.outcome("a.test");
            gateway.write("peekgate.policy.rules = []");
            ClientRun list = gateway.jar("rules", "list");

            assertThat(list.err()).isEmpty();
            assertThat(list.out().lines())
                    .extracting(row -> List.of(row.split("\t")))
                    .extracting(row -> String.join(" ", row.subList(0, 6)), row -> row.get(7))
                    .containsExactly(
                            tuple("r1 - yes drop a.test 2", "no ads"),
                            tuple("- tunnel yes passthrough tunnel.test 0", "-"));
            assertThat(JsonLine.parse(gateway.ask("rules", "list", "--json").out())
                            .list("rules"))
                    .hasSize(2);
            assertThat(gateway.ask("rules", "export").out())
                    .startsWith("rules = [\n")
                    .contains("match = \"a.test\"", "name = \"tunnel\"");
        }
    }

    @Test
    void a_live_check_tells_of_a_disabled_rule_that_would_have_decided() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            gateway.ask("rules", "add", "a.test", "--action", "drop", "--with", "enabled=false");
            gateway.outcome("a.test");
            ClientRun check = gateway.ask("check", "--live");

            assertThat(check.exit()).isEqualTo(1);
            assertThat(check.out()).startsWith("configuration is valid, as the running gateway finds (");
            assertThat(check.err())
                    .endsWith(": rule r1: is disabled, and would have decided 1 connection; enable it, or remove it\n");
            assertThat(JsonLine.parse(gateway.ask("check", "--live", "--json").out())
                            .list("findings"))
                    .hasSize(1);
            assertThat(gateway.ask("check").exit()).isZero();
            gateway.write("peekgate.policy.rules = [ { mach = a.test } ]");
            assertThat(gateway.ask("check", "--live").err()).contains("mach: unknown key");
        }
    }

    @Test
    void imported_rules_count_at_once() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "0.0.0.0 a.test\n0.0.0.0 b.test\n");
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            ClientRun imported = gateway.jar("rules", "import", "--format", "hosts", hosts.toString());

            assertThat(imported.err()).isEmpty();
            assertThat(imported.out()).endsWith("# added 2 rules\n");
            assertThat(gateway.outcome("b.test")).isEqualTo("r2");
            assertThat(JsonLine.parse(gateway.ask("rules", "import", "--json", "--format", "hosts", hosts.toString())
                                    .out())
                            .list("rules"))
                    .hasSize(2);
            assertThat(gateway.outcome("b.test")).isEqualTo("r2");
        }
    }

    @Test
    void a_gateway_that_cannot_be_asked_has_its_files_changed() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            String[] off = {"--set", "admin.bind=off"};
            assertThat(gateway.ask("rules", "add", "a.test", "--action", "drop", off[0], off[1]))
                    .isEqualTo(new ClientRun(
                            0, "added r1 a.test\n", notInForce("the gateway cannot be asked: admin.bind is off")));
            ClientRun list = gateway.ask("rules", "list", off[0], off[1]);
            assertThat(list.err())
                    .isEqualTo(
                            "peekgate: the gateway cannot be asked: admin.bind is off; this is what its files say\n");
            assertThat(list.out()).startsWith("r1\t-\tyes\tdrop\ta.test\t-\t");
            assertThat(gateway.outcome("a.test")).isEqualTo("default_drop");
            assertThat(gateway.ask("reload").exit()).isZero();
            assertThat(gateway.outcome("a.test")).isEqualTo("r1");
        }
    }

    @Test
    void a_change_too_long_for_the_api_is_stored_once_and_says_why_it_is_not_in_force() throws Exception {
        Path list = Files.writeString(
                folder.resolve("list"),
                IntStream.range(0, MANY).mapToObj(i -> "n" + i + ".test\n").collect(Collectors.joining()));
        try (LiveGateway gateway = new LiveGateway(folder, "");
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String[] add = {"rules", "add", "--action", "drop", "-f", list.toString()};
            int nobody = LiveGateway.freeAddress().getPort();
            ClientRun unheard = gateway.ask(with(add, "--set", "admin.bind=\"127.0.0.1:" + nobody + "\""));

            assertThat(unheard.exit()).isZero();
            assertThat(unheard.out()).hasLineCount(MANY).endsWith("added r" + MANY + " n" + (MANY - 1) + ".test\n");
            assertThat(unheard.err())
                    .isEqualTo(notInForce("the gateway cannot be asked: nothing answers at 127.0.0.1:" + nobody
                            + " (admin.bind); is it running?"));

            gateway.write("peekgate.listeners = [ { bind = \"127.0.0.1:" + taken.getLocalPort() + "\" } ]");
            ClientRun refused = gateway.ask(add);

            assertThat(refused.exit()).isZero();
            assertThat(refused.out()).hasLineCount(MANY).endsWith("added r" + 2 * MANY + " n" + (MANY - 1) + ".test\n");
            assertThat(refused.err())
                    .startsWith("peekgate: the change is in the state file, but not in force: ")
                    .contains(":" + taken.getLocalPort());
            assertThat(gateway.outcome("n0.test")).isEqualTo("default_drop");

            gateway.write("");
            assertThat(gateway.ask(add).err()).isEmpty();
            assertThat(gateway.outcome("n0.test")).isEqualTo("r1");
        }
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    private static String notInForce(String why) {
        return "peekgate: the change is in the state file, but not in force: " + why + "\n"
                + "It counts after the next reload: peekgate reload (with --watch, the gateway tries by itself)\n";
    }
}
