package io.peekgate.rules;

import io.peekgate.config.StoredRules;
import io.peekgate.route.Policy;

/**
 * The rules of one generation.
 *
 * @param rules those made at run time, which are asked first; of the same generation as the policy
 * @param policy these and the configuration's, compiled
 */
public record Snapshot(StoredRules rules, Policy policy) {
    public long generation() {
        return rules.generation();
    }
}
