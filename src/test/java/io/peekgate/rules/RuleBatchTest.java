package io.peekgate.rules;

import static io.peekgate.rules.Stores.add;
import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.drop;
import static io.peekgate.rules.Stores.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import io.peekgate.config.StoredRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes written as JSON, made together. */
class RuleBatchTest {
    @TempDir
    private Path folder;

    private RuleStore store;

    @BeforeEach
    void open() throws IOException {
        store = RuleStore.open(config(folder));
        List.of("a.test", "b.test", "c.test").forEach(name -> add(store, name));
    }

    @Test
    void each_operation_does_what_it_says_and_tells_which_rule_it_was() {
        assertThat(apply("""
                {"generation": 4, "operations": [
                  {"op": "add", "rule": {"match": "d.test"}},
                  {"op": "add", "rule": {"match": "e.test", "action": "drop"}, "before": "r2"},
                  {"op": "replace", "id": "r1", "rule": {"match": "f.test"}},
                  {"op": "patch", "id": "r2", "rule": {"reason": "why", "enabled": false}},
                  {"op": "patch", "id": "r2", "rule": {"enabled": null}},
                  {"op": "remove", "id": "r3"},
                  {"op": "move", "id": "r1", "before": "r4"},
                  {"op": "move", "id": "r5"}]}
                """)).containsExactly("r4", "r5", "r1", "r2", "r2", "r3", "r1", "r5");
        assertThat(ids(store)).containsExactly("r2", "r1", "r4", "r5");
        assertThat(rules())
                .containsExactly(
                        "b.test drop why true",
                        "f.test passthrough  true",
                        "d.test passthrough  true",
                        "e.test drop  true");
        assertThat(store.current().generation()).isEqualTo(5);
    }

    /** As many moves as a body may have; they took 45 s while each looked for its place among all rules. */
    @Test
    @Timeout(60)
    void a_move_among_many_rules_takes_as_long_as_among_few() {
        int size = 100_000;
        int moves = 28_000;
        Draft draft = new Draft(StoredRules.NONE, "test");
        RuleConfig rule = drop("n.test");
        IntStream.range(0, size).forEach(i -> draft.add(rule));
        long begun = System.nanoTime();
        IntStream.range(1, moves).forEach(i -> draft.move("r" + (size - i), Optional.of("r" + size)));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(draft.rules().subList(size - moves - 1, size))
                .extracting(StoredRule::id)
                .startsWith("r" + (size - moves), "r" + (size - 1), "r" + (size - 2))
                .endsWith("r" + (size - moves + 1), "r" + size);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"operations":[]}                                          | at least one operation
            {}                                                         | at least one operation
            {"operations":{}}                                          | a list [ ] is expected
            {"operations":[7]}                                         | a block { } is expected
            {"operations":[{"id":"r1"}]}                               | "op" is missing
            {"operations":[{"op":"delete","id":"r1"}]}                 | "delete" is none of add, replace, patch, remove, move
            {"operations":[{"op":"remove"}]}                           | "id" is missing
            {"operations":[{"op":"remove","id":"r1","rule":{}}]}       | operations[0].rule: unknown key
            {"operations":[{"op":"add"}]}                              | "rule" is missing
            {"operations":[{"op":"add","rule":[]}]}                    | a block { } is expected, not a list
            {"operations":[{"op":"add","rule":{"mach":"x"}}]}          | operations[0].rule.mach: unknown key; did you mean "match"?
            {"operations":[{"op":"patch","id":"r1","rule":{"prots":1}}]} | operations[0].rule.prots: unknown key; did you mean "ports"?
            {"operations":[{"op":"patch","id":"r1","rule":7}]}         | a block { } is expected, not "7"
            {"operation":[{"op":"remove","id":"r1"}]}                  | did you mean "operations"?
            {"generation":-1,"operations":[{"op":"remove","id":"r1"}]} | "-1" is no count
            {"operations":[{"op":"remove","id":"r1"},{"op":"remove","id":"r9"}]}   | no rule r9
            {"operations":[{"op":"remove","id":"r1"},{"op":"move","id":"r2","before":"r1"}]} | no rule r1
            {"operations":[{"op":"remove","id":"r1"},{"op":"add","rule":{"match":"a b"}}]} | a b
            {"generation":3,"operations":[{"op":"remove","id":"r1"}]}  | of generation 4 now, not 3
            """)
    void what_is_wrong_with_one_leaves_all_undone(String json, String problem) {
        assertThatThrownBy(() -> apply(json)).hasMessageContaining(problem);
        assertThat(ids(store)).containsExactly("r1", "r2", "r3");
        assertThat(store.current().generation()).isEqualTo(4);
    }

    @Test
    void a_line_of_a_list_is_a_pattern_and_its_reason() {
        assertThat(PatternLine.of(List.of("", "# all", " a.test  # why # so", "~a#b", "b.test #", "c.test\t#x")))
                .extracting(line ->
                        line.line() + " " + line.pattern() + " " + line.reason().orElse("-"))
                .containsExactly("3 a.test why # so", "4 ~a#b -", "5 b.test -", "6 c.test x");
    }

    private List<String> apply(String json) {
        return store.edit(draft -> draft.apply(new RuleJson(List.of("egress")).batch(json, "body"))).stream()
                .map(StoredRule::id)
                .toList();
    }

    private List<String> rules() {
        return store.current().rules().rules().stream()
                .map(StoredRule::rule)
                .map(rule -> rule.match().get(0) + " " + rule.action().name().toLowerCase(Locale.ROOT) + " "
                        + rule.reason() + " " + rule.enabled())
                .toList();
    }
}
