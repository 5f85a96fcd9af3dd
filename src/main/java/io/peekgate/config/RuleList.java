package io.peekgate.config;

import java.util.Optional;

/** Rules in their order, as changes are made to them. */
public interface RuleList {
    /**
     * One of them.
     *
     * @throws RuntimeException if it is not there, as all that follows does
     */
    StoredRule get(String id);

    /**
     * Adds a rule under a new id.
     *
     * @param before the rule that it is to stand before; empty: behind all others
     */
    StoredRule add(RuleConfig rule, Optional<String> before);

    /** Puts a rule in the place of the one with this id, which it keeps. */
    StoredRule replace(String id, RuleConfig rule);

    /** Takes a rule away. */
    StoredRule remove(String id);

    /**
     * Moves a rule.
     *
     * @param before as with {@link #add}
     */
    StoredRule move(String id, Optional<String> before);
}
