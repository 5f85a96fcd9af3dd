package io.peekgate.rules;

import io.peekgate.config.RuleConfig;
import io.peekgate.config.StoredRule;
import io.peekgate.config.StoredRules;
import io.peekgate.rules.RuleEditException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The next generation of the run-time rules, while one edit makes it. What it is told is all done, or nothing of it. */
public final class Draft {
    private final StoredRules before;
    private final String origin;
    private final long generation;
    private final List<StoredRule> rules;
    private long lastId;

    /** @param origin where new rules are said to stand */
    Draft(StoredRules before, String origin) {
        this.before = before;
        this.origin = origin;
        this.generation = before.generation() + 1;
        this.rules = new ArrayList<>(before.rules());
        this.lastId = before.lastId();
    }

    /**
     * Demands that nobody has changed anything since.
     *
     * @throws RuleEditException if the rules are of another generation
     */
    public void expect(long expected) {
        if (before.generation() != expected) {
            String now = "the rules are of generation " + before.generation() + " now, not " + expected;
            throw new RuleEditException(Kind.CHANGED, now);
        }
    }

    /**
     * Demands that nobody has changed this rule since.
     *
     * @throws RuleEditException if it is of another version, or not there
     */
    public void expect(String id, long version) {
        StoredRule rule = get(id);
        if (rule.version() != version) {
            String now = "rule " + id + " is of version " + rule.version() + " now, not " + version;
            throw new RuleEditException(Kind.CHANGED, now);
        }
    }

    /** The rules as this edit has left them so far, in their order. */
    public List<StoredRule> rules() {
        return List.copyOf(rules);
    }

    /**
     * One of them.
     *
     * @throws RuleEditException if it is not there, as all that follows does
     */
    public StoredRule get(String id) {
        return rules.get(place(id));
    }

    /** Adds a rule behind all others, under a new id. */
    public StoredRule add(RuleConfig rule) {
        return insert(rule, rules.size());
    }

    /** Adds a rule before another. */
    public StoredRule add(RuleConfig rule, String before) {
        return insert(rule, place(before));
    }

    /** Puts a rule in the place of the one with this id, which it keeps. */
    public StoredRule replace(String id, RuleConfig rule) {
        StoredRule next = stored(id, rule);
        rules.set(place(id), next);
        return next;
    }

    /** Takes a rule away. */
    public StoredRule remove(String id) {
        return rules.remove(place(id));
    }

    /**
     * Moves a rule.
     *
     * @param before the rule that it is to stand before; empty: behind all others
     */
    public StoredRule move(String id, Optional<String> before) {
        StoredRule moved = remove(id);
        rules.add(before.map(this::place).orElse(rules.size()), moved);
        return moved;
    }

    /** What has become of it; the same object if nothing was done. */
    StoredRules finished() {
        return rules.equals(before.rules()) ? before : new StoredRules(generation, lastId, rules);
    }

    private StoredRule insert(RuleConfig rule, int place) {
        StoredRule added = stored("r" + ++lastId, rule);
        rules.add(place, added);
        return added;
    }

    private StoredRule stored(String id, RuleConfig rule) {
        return new StoredRule(id, generation, rule.at(origin));
    }

    private int place(String id) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new RuleEditException(Kind.NO_SUCH_RULE, "there is no rule " + id + " among those made at run time");
    }
}
