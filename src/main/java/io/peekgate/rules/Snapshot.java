package io.peekgate.rules;

import io.peekgate.config.RuleConfig;
import io.peekgate.config.StoredRule;
import io.peekgate.config.StoredRules;
import io.peekgate.route.Policy;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of one generation.
 *
 * @param rules those made at run time, which are asked first; of the same generation as the policy
 * @param configured those of the configuration
 * @param policy all of them in this order, compiled
 */
public record Snapshot(StoredRules rules, List<RuleConfig> configured, Policy policy) {
    /** All rules, in the order in which they are asked. */
    public List<RuleConfig> all() {
        return Stream.concat(rules.rules().stream().map(StoredRule::rule), configured.stream())
                .toList();
    }

    /** Where a run-time rule stands among all of them; empty if it is not there. */
    public OptionalInt place(String id) {
        return IntStream.range(0, rules.rules().size())
                .filter(i -> rules.rules().get(i).id().equals(id))
                .findFirst();
    }

    public long generation() {
        return rules.generation();
    }
}
