package io.peekgate.rules;

import static io.peekgate.rules.Stores.add;
import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.decide;
import static io.peekgate.rules.Stores.decider;
import static io.peekgate.rules.Stores.file;
import static io.peekgate.rules.Stores.ids;
import static io.peekgate.rules.Stores.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.StoredRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store keeps: across restarts, reloads, damage and other processes. */
class RuleStoreTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_state_file_the_configuration_alone_counts_and_nothing_is_written() throws IOException {
        RuleStore store = store("rules = [ { name = mine, match = a.test } ]");

        assertThat(store.current().generation()).isEqualTo(1);
        assertThat(decider(store, "a.test")).contains("mine");
        assertThat(file(folder)).doesNotExist();
    }

    @Test
    void rules_made_at_run_time_are_asked_before_those_of_the_configuration() throws IOException {
        RuleStore store = store("rules = [ { name = mine, match = a.test } ]");

        StoredRule added = add(store, "a.test");

        assertThat(decider(store, "a.test")).contains(added.id());
        assertThat(decide(store.current().policy(), "a.test").generation()).isEqualTo(2);
        assertThat(decide(store.current().policy(), "b.test").generation()).isEqualTo(2);
        assertThat(store.current().policy().rules()).hasSize(2);
    }

    @Test
    void what_was_added_is_there_again_after_a_restart_with_its_id_and_version() throws IOException {
        StoredRule added = store().edit(draft -> draft.add(rule(
                "name=bank",
                "match=[\"a.test\", \"~^b\\\\.test\"]",
                "except=c.a.test",
                "ports=[443]",
                "sources=10.0.0.0/8",
                "alpn=h2",
                "listeners=egress",
                "target=10.0.0.7:8443",
                "allow-private=true",
                "on-drop=reset",
                "enabled=false",
                "reason=\"quoted\" & \u00e9")));

        RuleStore again = store();

        assertThat(again.current().rules().rules()).containsExactly(added);
        assertThat(again.current().generation()).isGreaterThan(added.version());
    }

    @Test
    void what_was_before_the_last_change_stays_beside_the_file() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        String before = Files.readString(file(folder));
        add(store, "b.test");

        assertThat(folder.resolve("rules.json.previous")).hasContent(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{ \"format\": 1, \"generation\": 3, \"last-id\": 1, \"rules\": [\n{ \"id\": \"r1\", \"ver",
                "{ \"format\": 2, \"generation\": 3, \"last-id\": 1, \"rules\": [] }",
                "{ \"format\": 1, \"generation\": 3, \"last-id\": 1, \"rules\": [ { \"id\": \"r1\", \"version\": 1, \"mach\": \"a\" } ] }",
                "\u0000\u0000\u0000"
            })
    void a_damaged_state_file_is_refused_by_place_and_never_overwritten(String content) throws IOException {
        Files.writeString(file(folder), content);
        ProxyConfig config = config(folder);

        assertThatThrownBy(() -> RuleStore.open(config))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining(file(folder) + ":")
                .hasMessageContaining("what it was before its last change is in " + file(folder) + ".previous");
        assertThatThrownBy(() -> add(RuleStore.toMend(config), "a.test")).isInstanceOf(InvalidRulesException.class);
        assertThat(file(folder)).hasContent(content);
    }

    @Test
    void where_the_file_is_no_json_line_and_column_are_told() throws IOException {
        Files.writeString(file(folder), "{ \"format\": 1,\n  \"rules\": [ }");

        assertThatThrownBy(() -> store()).hasMessageStartingWith(file(folder) + ":2: no JSON from column ");
    }

    @Test
    void a_damage_that_comes_while_it_runs_changes_neither_the_rules_in_force_nor_the_file() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        Files.writeString(file(folder), "{");

        assertThatThrownBy(() -> add(store, "b.test")).isInstanceOf(InvalidRulesException.class);
        assertThatThrownBy(() -> store.reload(config(folder))).isInstanceOf(InvalidRulesException.class);

        assertThat(decider(store, "a.test")).contains("r1");
        assertThat(file(folder)).hasContent("{");
    }

    @Test
    void an_edit_builds_on_what_another_process_has_written_meanwhile() throws IOException {
        RuleStore gateway = store();
        add(gateway, "a.test");
        add(store(), "b.test");
        assertThat(gateway.takeNews()).isTrue();
        assertThat(gateway.takeNews()).isFalse();

        add(gateway, "c.test");

        assertThat(ids(gateway)).containsExactly("r1", "r2", "r3");
        assertThat(decider(gateway, "b.test")).contains("r2");
        assertThat(gateway.takeNews()).isFalse();
    }

    @Test
    void a_reload_takes_the_new_configuration_and_counts_on() throws IOException {
        RuleStore store = store("default-action = drop");
        add(store, "a.test");

        store.reload(config(folder, "rules = [ { name = late, match = b.test } ]"));

        assertThat(store.current().generation()).isEqualTo(3);
        assertThat(decider(store, "a.test")).contains("r1");
        assertThat(decider(store, "b.test")).contains("late");
    }

    @Test
    void a_reload_that_fails_changes_nothing() throws IOException {
        RuleStore store = store();
        Snapshot before = store.current();

        assertThatThrownBy(() -> store.reload(config(folder, "rules = [ { match = \"a b\" } ]")))
                .isInstanceOf(InvalidRulesException.class);

        assertThat(store.current()).isSameAs(before);
    }

    @Test
    void after_a_reload_that_fails_edits_are_judged_as_before() throws IOException {
        RuleStore store = store();
        add(store, "a.test");
        String demand = "tests = [ { sni = a.test, expect = passthrough } ]";

        assertThatThrownBy(() -> store.reload(config(folder, "rules = [ { match = b.test } ]", demand)))
                .hasMessageContaining("passthrough is expected");

        assertThat(add(store, "c.test").id()).isEqualTo("r2");
        assertThat(decider(store, "b.test")).isEmpty();
    }

    private RuleStore store(String... policy) throws IOException {
        return RuleStore.open(config(folder, policy));
    }
}
