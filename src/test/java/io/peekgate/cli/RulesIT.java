package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code peekgate rules} and {@code config show}, where no gateway runs. */
class RulesIT {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void configure() throws IOException {
        file = Files.writeString(folder.resolve("gate.conf"), """
                peekgate {
                  state-dir = "%s"
                  policy.rules = [ { name = mine, match = c.test } ]
                }
                """.formatted(folder));
    }

    @Test
    void the_whole_life_of_rules() throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "# names\n.b.test # too many ads\n\n");
        assertThat(rules("add", "a.test", "-f", list.toString(), "--action", "drop", "--with", "ports=[443]"))
                .isEqualTo(new ClientRun(0, "added r1 a.test\nadded r2 .b.test\n", ""));
        assertThat(rules("move", "r2", "--before", "r1").out()).isEqualTo("moved r2\n");
        assertThat(rules("disable", "r1").out()).isEqualTo("disabled r1\n");
        assertThat(rules("edit", "r1", "action=passthrough", "ports=", "reason=until May")
                        .out())
                .isEqualTo("changed r1\n");
        String origin = folder.resolve("rules.json").toString();
        assertThat(rules("list").out())
                .isEqualTo("r2\t-\tyes\tdrop\t.b.test\t-\t" + origin + "\ttoo many ads\n"
                        + "r1\t-\tno\tpassthrough\ta.test\t-\t" + origin + "\tuntil May\n"
                        + "-\tmine\tyes\tpassthrough\tc.test\t-\t" + file + ":3\t-\n");
        assertThat(rules("enable", "r1").out()).isEqualTo("enabled r1\n");
        assertThat(rules("remove", "r2").out()).isEqualTo("removed r2\n");
        assertThat(rules("list", "--json").out())
                .isEqualTo("{\"generation\":6,\"rules\":[{\"id\":\"r1\",\"version\":5,\"match\":[\"a.test\"],"
                        + "\"action\":\"passthrough\",\"reason\":\"until May\",\"origin\":\"" + origin
                        + "\"},{\"name\":\"mine\",\"match\":[\"c.test\"],\"action\":\"passthrough\",\"origin\":\""
                        + file
                        + ":3\"}]}\n");
        ClientRun explained = Jar.run("explain", "a.test", "-c", file.toString());
        assertThat(explained.out()).contains("decided   by rule r1");
    }

    @Test
    void what_cannot_be_is_refused_whole_with_the_reason() throws Exception {
        ClientRun wrong = rules("add", "a.test", "https://b.test");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("it has a slash");
        assertThat(rules("list").out().lines()).hasSize(1);
        assertThat(rules("remove", "r7"))
                .isEqualTo(new ClientRun(1, "", "there is no rule r7 among those made at run time\n"));
        assertThat(rules("add", "a.test", "--with", "prots=443").err())
                .isEqualTo("rule for a.test: prots: unknown key; did you mean \"ports\"?\n");
        assertThat(rules("add").exit()).isEqualTo(2);
        assertThat(rules("add", "-f", "missing").err()).startsWith("peekgate: missing: no such file\n");
    }

    @Test
    void a_damaged_state_file_is_told_of_by_every_command_and_stays() throws Exception {
        Files.writeString(folder.resolve("rules.json"), "{");
        for (List<String> command : List.of(
                List.of("check"), List.of("rules", "list"), List.of("rules", "add", "a.test"), List.of("run"))) {
            List<String> all = new ArrayList<>(command);
            all.addAll(List.of("-c", file.toString()));
            ClientRun run = Jar.run(all.toArray(String[]::new));
            assertThat(run.exit()).isEqualTo(command.contains("run") ? 78 : 1);
            assertThat(run.err()).contains("rules.json:1: no JSON from column ");
        }
        assertThat(folder.resolve("rules.json")).hasContent("{");
    }

    @Test
    void a_failing_policy_test_refuses_the_start_and_the_check() throws Exception {
        Files.writeString(file, "peekgate.policy.tests = [ { sni = a.test, expect = passthrough } ]");
        ClientRun check = Jar.run("check", "-c", file.toString());
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err()).contains("policy test of a.test: passthrough is expected", "asked     a.test:443");
        assertThat(Jar.run("run", "-c", file.toString(), "--set", "state-dir=" + folder)
                        .exit())
                .isEqualTo(78);
    }

    @Test
    void config_show_tells_each_value_and_where_it_comes_from() throws Exception {
        ClientRun shown = Jar.run("config", "show", "--origin", "-c", file.toString(), "--set", "log.level=debug");
        assertThat(shown.out())
                .contains("state-dir\t\"" + folder + "\"\t" + file + ":2\n")
                .contains("policy.rules[0].name\t\"mine\"\t" + file + ":3\n")
                .contains("log.level\t\"debug\"\t--set log.level=debug\n")
                .contains("dns.attempts\t2\tbuilt-in defaults\n");
    }

    private ClientRun rules(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("rules", verb, "-c", file.toString()));
        command.addAll(List.of(arguments));
        return Jar.run(command.toArray(String[]::new));
    }
}
