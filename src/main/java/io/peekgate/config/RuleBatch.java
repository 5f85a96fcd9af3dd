package io.peekgate.config;

import java.util.List;
import java.util.Optional;

/**
 * Changes that are made together, or not at all.
 *
 * @param generation of the rules that they are meant for; empty: any
 */
public record RuleBatch(Optional<Long> generation, List<Change> changes) {
    /** One change; gives the rule as it has become, or as it was if it is removed. */
    @FunctionalInterface
    public interface Change {
        /**
         * Makes it.
         *
         * @throws InvalidConfigException if what comes of it is no rule
         */
        StoredRule on(RuleList rules);
    }

    public RuleBatch {
        changes = List.copyOf(changes);
    }

    /** Makes them all, in their order. */
    public List<StoredRule> on(RuleList rules) {
        return changes.stream().map(change -> change.on(rules)).toList();
    }
}
