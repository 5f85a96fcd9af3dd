package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.ConfigLoader;
import io.peekgate.route.Policy;
import io.peekgate.rules.PolicyCompiler;
import io.peekgate.rules.RuleFinding;
import io.peekgate.testkit.ClientRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** From 200 access lines to rules. */
class ProposeTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/peekgate/cli");
    private static final String SEEN = RESOURCES.resolve("seen.jsonl").toString();

    @TempDir
    private Path folder;

    @Test
    void the_proposal_is_as_it_was_looked_over() throws IOException {
        assertThat(run("propose", SEEN))
                .isEqualTo(new ClientRun(0, Files.readString(RESOURCES.resolve("proposed.conf")), ""));
    }

    @Test
    void it_is_a_configuration_in_which_check_finds_nothing() throws IOException {
        Path proposed = Files.writeString(
                folder.resolve("proposed.conf"), run("propose", SEEN).out());
        Policy policy = PolicyCompiler.compile(
                ConfigLoader.load(List.of(proposed), List.of()).policy(), 1);

        assertThat(policy.rules()).hasSizeGreaterThan(10);
        assertThat(RuleFinding.in(policy)).isEmpty();
    }

    @Test
    void fewer_siblings_than_told_stay_names() {
        assertThat(run("propose", "--fold", "10", SEEN).out())
                .doesNotContain("*.")
                .contains("img8.cdn.example.net");
        assertThat(run("propose", "--fold", "3", SEEN).out()).contains("*.api.example.net");
    }

    @Test
    void no_wildcard_stands_before_fewer_than_three_labels() {
        assertThat(run("propose", "--fold", "2", SEEN).out())
                .contains("\"shop7.example.org\"", "\"bank4.co.uk\"")
                .doesNotContain("*.example.org")
                .doesNotContain("*.co.uk");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"action":"pass",      | :2:1
            no json                | :2:
            [1]                    | :2: it is no JSON object
            {"sni":"a.example"}    | :2: there is no "action" or no "source" in it
            {"action":"pass","source":"10.0.0.1:1","sni":"~."} | :2: its "sni" is a character that no host name has
            """)
    void a_line_that_is_none_is_named_by_its_place(String line, String problem) throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "\n" + line + "\n");
        ClientRun run = run("propose", log.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("peekgate: " + log + problem).contains("an access line in JSON is expected");
    }

    static ClientRun run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands =
                PeekgateCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new ClientRun(commands.execute(arguments), out.toString(), err.toString());
    }
}
