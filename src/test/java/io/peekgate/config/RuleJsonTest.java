package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleJsonTest {
    private final RuleJson language = new RuleJson(List.of("lan", "egress"));

    @TempDir
    private Path directory;

    @Test
    void a_rule_with_every_key_comes_back_as_it_was_written() throws Exception {
        Configs configs = new Configs(directory);
        RuleConfig rule = ConfigLoader.load(List.of(configs.everyKey()), List.of())
                .policy()
                .rules()
                .get(0);

        assertThat(language.read(RuleWriter.text(rule), "again")).isEqualTo(rule.at("again:1"));
    }

    @Test
    void what_is_left_out_is_as_in_the_configuration() throws Exception {
        RuleConfig written = new Configs(directory)
                .load("policy.rules = [{ match = a.test }]")
                .policy()
                .rules()
                .get(0);

        assertThat(language.read("{\"match\": \"a.test\"}", "body")).isEqualTo(written.at("body:1"));
    }

    @Test
    void a_mistake_is_told_by_line_and_key_with_the_nearest_one() {
        assertThatThrownBy(() -> language.read("{\"match\": \"a.test\",\n\"prots\": [443]}", "body"))
                .hasMessage("body:2: prots: unknown key; did you mean \"ports\"?");
        assertThatThrownBy(() -> language.read("{\"ports\": [0],\n\"listeners\": \"lam\"}", "body"))
                .hasMessage("body:1: ports[0]: \"0\" is no whole number from 1 to 65535\n"
                        + "body:2: listeners: \"lam\" is no listener; did you mean \"lan\"?");
        assertThatThrownBy(() -> language.read("[]", "body")).hasMessage("body:1: a block { } is expected, not a list");
        assertThatThrownBy(() -> language.read("{\"match\": \"a\", \"match\": \"b\"}", "body"))
                .hasMessageStartingWith("body:1: no JSON from column ");
        assertThatThrownBy(() -> language.read("{} {}", "body"))
                .hasMessageEndingWith("something follows the end of the document");
    }

    @Test
    void a_patch_changes_the_keys_that_it_names_and_null_takes_one_away() {
        RuleConfig rule = language.read("{\"match\": [\"a\", \"b\"], \"ports\": 443, \"reason\": \"x\"}", "body");

        RuleConfig patched = language.patch(rule, "{\"action\": \"drop\", \"ports\": null, \"match\": \"c\"}", "patch");

        assertThat(patched)
                .isEqualTo(language.read("{\"match\": \"c\", \"action\": \"drop\", \"reason\": \"x\"}", "patch"));
    }

    @Test
    void a_rule_can_be_told_key_by_key() {
        RuleConfig rule = language.read(List.of("match=[\"a\", \"b\"]", "ports=443", "enabled=false"), "command");

        assertThat(rule.match()).containsExactly("a", "b");
        assertThat(rule.ports()).containsExactly(443);
        assertThat(rule.enabled()).isFalse();
        String noPorts = JsonText.object(json -> {
            json.writeName("rule");
            RuleJson.write(json, List.of("ports=", "match=[\"c\"]"), "command");
        });
        assertThat(noPorts).isEqualTo("{\"rule\":{\"ports\":null,\"match\":[\"c\"]}}");
        assertThatThrownBy(() -> language.read(List.of("match"), "command"))
                .hasMessage("command: key=value is expected, not \"match\"");
    }
}
