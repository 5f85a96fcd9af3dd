package io.peekgate.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules that were made at run time, as the state file holds them.
 *
 * @param generation counts every change of the policy, from 1; 0 before the first
 * @param lastId the number in the id given last; 0 before the first
 * @param rules in the order in which they are asked
 */
public record StoredRules(long generation, long lastId, List<StoredRule> rules) {
    public static final StoredRules NONE = new StoredRules(0, 0, List.of());

    public StoredRules {
        rules = List.copyOf(rules);
    }

    /** The ids of the rules that are the same in others: neither written anew nor gone. */
    public Set<String> idsAlsoIn(StoredRules others) {
        Set<StoredRule> there = Set.copyOf(others.rules);
        return rules.stream().filter(there::contains).map(StoredRule::id).collect(Collectors.toSet());
    }

    /** The same rules in another generation. */
    public StoredRules in(long other) {
        return new StoredRules(other, lastId, rules);
    }
}
