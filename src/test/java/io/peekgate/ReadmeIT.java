package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.ConfigLoader;
import io.peekgate.model.CloseReason;
import io.peekgate.rules.RuleStore;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.Readme;
import io.peekgate.testkit.Readme.Command;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so. Its commands are run as they stand, where they stand. */
class ReadmeIT {
    private final Readme readme;

    ReadmeIT() throws IOException {
        readme = Readme.read();
    }

    @Test
    void its_first_command_shows_every_verdict() throws Exception {
        String command = readme.blocks("sh").get(0);
        assertThat(command).startsWith("mvn -q -DskipTests package && "); // which has just been done
        String output = Shell.run(command.substring(command.indexOf("&&") + 2));
        assertThat(output).contains("right").doesNotContain("WRONG");
    }

    @Test
    void its_second_command_is_what_the_continuous_integration_runs() throws IOException {
        assertThat(readme.blocks("sh").get(1)).isEqualTo("mvn verify\n");
        assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -B verify");
    }

    @Test
    void its_third_command_runs_the_gateway_until_it_is_told_to_stop() throws Exception {
        String command = readme.blocks("sh").get(2).strip();
        String log = Shell.run("timeout --preserve-status -s TERM 8 " + command);
        assertThat(log).contains("ready in", "127.0.0.1:8443", "default passthrough", "Draining: SIGTERM");
    }

    @Test
    @RequiresClient("curl")
    void its_transcripts_come_out_as_they_stand() throws Exception {
        for (String left : List.of("rules.json", "rules.json.previous")) {
            Files.deleteIfExists(Path.of("target", "try", left));
            Files.deleteIfExists(Path.of("target", "demo", left));
        }
        String state = Path.of("target", "demo").toAbsolutePath().toString(); // it runs elsewhere
        try (JarProcess demo = JarProcess.start("demo", "--keep", "--state", state)) {
            demo.awaitOut(line -> line.startsWith("Still up."));
            for (Command command : readme.transcript()) {
                String actual = Shell.onTerminal(command.line());
                assertThat(command.prints(actual))
                        .as("%s%nshould print%n%s%nbut prints%n%s", command.line(), command.output(), actual)
                        .isTrue();
            }
        }
    }

    @Test
    void its_rules_are_valid(@TempDir Path folder) throws IOException {
        for (String block : readme.blocks("hocon")) {
            Path file = Files.writeString(folder.resolve("readme.conf"), block);
            var config = ConfigLoader.load(List.of(file), List.of("state-dir=" + folder));
            assertThat(RuleStore.open(config).current().policy().rules()).hasSize(6);
            assertThat(config.policy().tests()).hasSize(2);
        }
    }

    @Test
    void it_lists_every_reason_with_its_sentence_and_next_step() {
        for (CloseReason reason : CloseReason.values()) {
            String row = "| <a id=\"" + reason.code() + "\"></a>`" + reason.code() + "` | " + reason.sentence() + " | "
                    + reason.advice() + " |\n";
            assertThat(readme.text()).contains(row);
        }
    }

    @Test
    void its_links_lead_somewhere() {
        assertThat(readme.links()).isNotEmpty().allMatch(Files::exists);
    }
}
