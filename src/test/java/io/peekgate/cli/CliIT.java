package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.RequiresClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands beside {@code run}, as the packaged program: what people and scripts get, and the exit codes. */
class CliIT {
    @TempDir
    private Path directory;

    @Test
    void check_says_that_the_shipped_configuration_is_valid() throws Exception {
        assertThat(Jar.run("check")).isEqualTo(new ClientRun(0, """
                        configuration is valid: 1 listener, 0 rules, default passthrough (conf/peekgate.conf)
                        """, ""));
        assertThat(Jar.run("check", "-q", "-c", "conf/peekgate.conf")).isEqualTo(new ClientRun(0, "", ""));
        assertThat(Jar.run("-t", "-c", "conf/peekgate.conf").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check -q -c", "-t -c"})
    void check_names_every_problem_by_file_and_line(String command) throws Exception {
        ClientRun run = Jar.run((command + " " + bad()).split(" "));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        bad() + ":1: dns.timout: unknown key; did you mean \"timeout\"?",
                        bad() + ":2: policy.rules[0].action: \"pass\" is none of passthrough, drop");
    }

    @Test
    void explain_says_drop_by_its_exit_code() throws Exception {
        ClientRun run = Jar.run("explain", "www.example.com", "--set", "policy.default-action=drop");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("drop      default_drop: ");
    }

    @Test
    void check_answers_in_json() throws Exception {
        ClientRun run = Jar.run("check", "--json", "-c", bad());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(JsonLine.parse(run.out()).fields()).containsEntry("valid", false);
        assertThat(JsonLine.parse(run.out()).list("problems")).hasSize(2);
    }

    @Test
    void check_names_suspicious_rules_and_fails_though_the_configuration_is_valid() throws Exception {
        Path list = Files.writeString(directory.resolve("list.txt"), "# ads\nads.test\n  ads.test\n");
        String file =
                Files.writeString(directory.resolve("suspicious.conf"), """
                        peekgate.policy.rules = [
                          { name = ads, match-file = "list.txt", action = drop }
                          { name = late, match = ads.test } ]
                        """).toString();
        ClientRun run = Jar.run("check", "-c", file);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).startsWith("configuration is valid: ");
        assertThat(run.err().lines())
                .containsExactly(
                        list
                                + ":3:3: rule ads: pattern \"ads.test\" is there twice in this rule; leave one of them out",
                        file + ":3: rule late: never decides, since rule ads (" + file
                                + ":2) comes first; move it up, or remove it");
        assertThat(JsonLine.parse(Jar.run("check", "--json", "-c", file).out()).list("findings"))
                .hasSize(2);
    }

    @Test
    void version_names_what_runs() throws Exception {
        assertThat(Jar.run("version").out()).matches("peekgate [0-9.]+ \\(Java .+, .+ .+\\)\n");
        assertThat(Jar.run("run", "--version").out()).matches("peekgate [0-9.]+\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            explian        | Did you mean: peekgate explain
            run --wach     | Unknown option: '--wach'
            -c x.conf run  | options go after the command, as in: peekgate run -c FILE
            explain a:b    | "b" is no port; write one from 1 to 65535
            completion sh  | expected one of [bash, zsh]
            """)
    void a_wrong_usage_is_told_in_a_few_words(String arguments, String says) throws Exception {
        ClientRun run = Jar.run(arguments.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("peekgate: ").contains(says).containsPattern("See peekgate .*--help\n");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void without_a_command_there_is_help() throws Exception {
        ClientRun none = Jar.run();

        assertThat(none.exit()).isEqualTo(2);
        assertThat(Jar.run("--help")).isEqualTo(new ClientRun(0, none.err(), ""));
        assertThat(none.err()).contains("Usage: peekgate", "  explain ", "Exit codes:", "  69  ");
        assertThat(none.err().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    @RequiresClient("bash")
    void the_completion_completes_commands_and_options_in_bash() throws Exception {
        Path script = Files.writeString(
                directory.resolve("completion"), Jar.run("completion", "bash").out());

        assertThat(completed(script, "peekgate", "dem")).isEqualTo("demo");
        assertThat(completed(script, "peekgate", "explain", "--hel").split(" ")).contains("--hello", "--help");
        assertThat(completed(script, "peekgate", "connections", "k")).isEqualTo("kill");
        assertThat(completed(script, "peekgate", "connections", "log", "--dr")).isEqualTo("--drops");
        assertThat(completed(script, "peekgate", "stat")).isEqualTo("status");
    }

    @Test
    void the_demo_shows_every_verdict_right() throws Exception {
        ClientRun run = Jar.run("demo");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        String table = run.out().substring(run.out().indexOf("the client sends"));
        assertThat(table.lines().skip(1)).hasSize(8).allMatch(row -> row.endsWith(" right"));
        assertThat(table).contains("http_connect", "no_sni", "rule_drop", "destination_denied", "dns_nxdomain");
    }

    @Test
    @RequiresClient({"bash", "curl"})
    void the_demo_can_be_kept_and_its_curl_lines_work() throws Exception {
        try (JarProcess demo = JarProcess.start("demo", "--keep")) {
            String curl =
                    demo.awaitOut(line -> line.startsWith("  curl --cacert")).strip();
            ClientRun run = ClientRun.of("", List.of("bash", "-c", curl + " --silent --noproxy '*'"));

            assertThat(run).isEqualTo(new ClientRun(0, "This is www.demo.example, behind Peekgate.\n", ""));
            int shown = demo.out().indexOf("  " + curl);
            demo.awaitOut(
                    line -> line.contains(" www.demo.example ") && demo.out().lastIndexOf(line) > shown);
            ClientRun second = Jar.run("demo", "--keep");
            assertThat(second.exit()).as("it shares its port with nobody").isEqualTo(69);
            demo.terminate();
            assertThat(demo.awaitExit()).isZero();
        }
    }

    private static String completed(Path script, String... words) throws IOException, InterruptedException {
        String complete =
                "source %s && COMP_WORDS=(%s) && COMP_CWORD=%d && _complete_peekgate 2>&- && echo ${COMPREPLY[@]}"
                        .formatted(script, String.join(" ", words), words.length - 1);
        ClientRun run = ClientRun.of("", List.of("bash", "--norc", "-c", complete));
        assertThat(run.err()).isEmpty();
        return run.out().strip();
    }

    private String bad() throws IOException {
        return Files.writeString(directory.resolve("bad.conf"), """
                        peekgate.dns.timout = 2s
                        peekgate.policy.rules = [ { match = a.test, action = pass } ]
                        """).toString();
    }
}
