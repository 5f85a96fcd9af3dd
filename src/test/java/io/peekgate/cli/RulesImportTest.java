package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.RuleConfig;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs' lists become, entry by entry, compared with what was looked over; and the way back. */
class RulesImportTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/peekgate/rules");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "mitmproxy, mitmproxy.txt",
        "mitmproxy, mitmproxy.yaml",
        "nginx-map, nginx.map",
        "nectoproxy, nectoproxy.json",
        "nectoproxy, nectoproxy.csv",
        "hosts, hosts",
        "list, list.txt",
    })
    void each_entry_becomes_a_rule_or_is_told_why_not(String format, String file) throws IOException {
        ClientRun run = dryRun(format, RESOURCES.resolve(file));

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out().replace(RESOURCES + "/", ""))
                .isEqualTo(Files.readString(RESOURCES.resolve(file + ".golden")));
        assertThat(load(run.out())).as("it is a rule file").isNotEmpty();
    }

    @Test
    void nothing_imported_is_a_failure() throws IOException {
        assertThat(dryRun("list", Files.writeString(folder.resolve("x"), "a b\n"))
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void broken_json_is_named_by_line_and_column() throws IOException {
        Path broken = Files.writeString(folder.resolve("x.json"), "[\n{ \"domain\": \"a.example\" },\n{ oops");
        assertThat(dryRun("nectoproxy", broken).out())
                .contains("a.example\t{ match", "x.json:3:3\t\tno rule\tit is no JSON");
    }

    @Test
    void an_entry_cannot_break_out_of_its_comment() throws IOException {
        Path map = Files.writeString(folder.resolve("map"), "map $a $b { \"x\nrules = [{}]\" pool; }");
        assertThat(dryRun("nginx-map", map).out().lines())
                .filteredOn(line -> line.startsWith("rules"))
                .containsExactly("rules = [");
    }

    @Test
    void an_unknown_format_is_told_the_known_ones() {
        assertThat(run("import", "--format", "squid", "x").err())
                .contains("\"squid\" is none of nectoproxy, mitmproxy, nginx-map, hosts, list");
    }

    @Test
    void programs_get_json() {
        String file = RESOURCES.resolve("list.txt").toString();
        JsonLine answer = JsonLine.parse(
                run("import", "--format", "list", "--json", "--dry-run", file).out());
        assertThat(answer.list("entries")).hasSize(4);
        assertThat(answer.list("rules")).hasSize(3);
    }

    @Test
    void what_is_exported_loads_as_the_same_rules() throws IOException {
        Path config = Files.writeString(folder.resolve("peekgate.conf"), """
                peekgate.policy.rules = [
                  { name = bank, match = [a.test, "*.a.test"], except = "x.a.test", ports = [443, 8443], sources = "10.0.0.0/8",
                    alpn = [h2], listeners = egress, reason = "it's \\"pinned\\" \\\\ \u00e4" }
                  { match = "~^b\\\\.test:", action = drop, on-drop = reset, enabled = false }
                  { match = c.test, target = "[2001:db8::7]:8443", allow-private = true, ech = deny }
                  { match = d.test, destination = strict }
                ]
                """);
        Path exported = Files.writeString(
                folder.resolve("exported.conf"),
                run("export", "-c", config.toString()).out());

        assertThat(load(Files.readString(exported))).hasSize(4).isEqualTo(load(config));
    }

    private ClientRun dryRun(String format, Path file) {
        return run("import", "--format", format, "--dry-run", file.toString());
    }

    private static List<RuleConfig> load(Path config) {
        return ConfigLoader.load(List.of(config), List.of()).policy().rules().stream()
                .map(RulesImportTest::withoutPlace)
                .toList();
    }

    private List<RuleConfig> load(String ruleFile) throws IOException {
        Files.writeString(folder.resolve("rules.conf"), ruleFile);
        return load(Files.writeString(folder.resolve("main.conf"), "peekgate.policy.rule-files = [\"rules.conf\"]"));
    }

    private static RuleConfig withoutPlace(RuleConfig r) {
        return new RuleConfig(
                r.name(),
                r.match(),
                r.matchFiles(),
                r.except(),
                r.ports(),
                r.sources(),
                r.alpn(),
                r.listeners(),
                r.action(),
                r.onDrop(),
                r.target(),
                r.allowPrivate(),
                r.destination(),
                r.ech(),
                r.enabled(),
                r.reason(),
                "");
    }

    private static ClientRun run(String command, String... arguments) {
        String[] all =
                Stream.concat(Stream.of("rules", command), Stream.of(arguments)).toArray(String[]::new);
        return ProposeTest.run(all);
    }
}
