package io.peekgate.rules;

import io.peekgate.config.RuleBatch;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleList;
import io.peekgate.config.StoredRule;
import io.peekgate.config.StoredRules;
import io.peekgate.rules.RuleEditException.Kind;
import java.util.List;
import java.util.Optional;

/** The next generation of the run-time rules, while one edit makes it. What it is told is all done, or nothing of it. */
public final class Draft implements RuleList {
    private final StoredRules before;
    private final String origin;
    private final long generation;
    private final RuleOrder rules;
    private long lastId;

    /** @param origin where new rules are said to stand */
    Draft(StoredRules before, String origin) {
        this.before = before;
        this.origin = origin;
        this.generation = before.generation() + 1;
        this.rules = new RuleOrder(before.rules());
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
        return rules.list();
    }

    /**
     * Makes changes, if the rules are of the generation that they are meant for.
     *
     * @throws RuleEditException if they are not, or if one of the changes does not fit
     */
    public List<StoredRule> apply(RuleBatch batch) {
        batch.generation().ifPresent(this::expect);
        return batch.on(this);
    }

    /** @throws RuleEditException if it is not there, as all that follows does */
    @Override
    public StoredRule get(String id) {
        return rules.get(id);
    }

    /** Adds a rule behind all others, under a new id. */
    public StoredRule add(RuleConfig rule) {
        return add(rule, Optional.empty());
    }

    @Override
    public StoredRule add(RuleConfig rule, Optional<String> before) {
        StoredRule added = stored("r" + ++lastId, rule);
        rules.add(added, before);
        return added;
    }

    @Override
    public StoredRule replace(String id, RuleConfig rule) {
        StoredRule next = stored(id, rule);
        rules.replace(next);
        return next;
    }

    @Override
    public StoredRule remove(String id) {
        return rules.remove(id);
    }

    @Override
    public StoredRule move(String id, Optional<String> before) {
        StoredRule moved = remove(id);
        rules.add(moved, before);
        return moved;
    }

    /** Of the rules, once this is done; the one before if they have not changed. */
    public long generation() {
        return finished().generation();
    }

    /** What has become of it; the same object if nothing was done. */
    StoredRules finished() {
        List<StoredRule> after = rules.list();
        return after.equals(before.rules()) ? before : new StoredRules(generation, lastId, after);
    }

    private StoredRule stored(String id, RuleConfig rule) {
        return new StoredRule(id, generation, rule.at(origin));
    }
}
