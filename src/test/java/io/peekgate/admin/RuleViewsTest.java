package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the audit line tells of rules. */
class RuleViewsTest {
    @Test
    void a_note_names_some_rules_and_their_patterns() {
        assertThat(RuleViews.note("added", rules(1, "a.test"))).isEqualTo("added r1 (drop a.test)");
        assertThat(RuleViews.note("removed", rules(7, "a.test")))
                .startsWith("removed r1 (drop a.test), r2 (drop a.test), ")
                .endsWith("r5 (drop a.test) and 2 more");
    }

    @Test
    void a_note_is_short_whatever_the_rules_are() {
        assertThat(RuleViews.note("added", rules(1, "~" + "a".repeat(100_000)))).hasSizeLessThan(600);
    }

    private static List<StoredRule> rules(int count, String pattern) {
        RuleJson language = new RuleJson(List.of());
        return IntStream.rangeClosed(1, count)
                .mapToObj(i ->
                        new StoredRule("r" + i, 1, language.read(List.of("match=" + pattern, "action=drop"), "test")))
                .toList();
    }
}
