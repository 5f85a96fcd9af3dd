package io.peekgate.route;

import io.peekgate.model.OnDrop;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The rules in force. A client that sends no name is judged by the no-SNI default alone; else the first enabled rule
 * that matches decides, else the default action. Immutable but for its counters, so safe for use by many threads.
 *
 * <p>Deciding asks only the rules that the index finds for the name and those with regular expressions that may match
 * it, in the rules' order; explaining asks every rule. Both ask in the same way.
 */
public final class Policy {
    private final List<Rule> rules;
    private final CompiledRule[] compiled;
    private final PatternIndex index = new PatternIndex();
    private final Ordinals withExpressions = new Ordinals();
    private final Defaults defaults;
    private final LastWord lastWord;
    private final long generation;
    /** Asked where no rule of these decides; its defaults are these. */
    private final Optional<Policy> behind;
    /** What has been decided by this policy, those before it, and the one behind it. */
    private LongAdder decisions;

    private Policy(List<Rule> rules, Defaults defaults, long generation, Optional<Policy> behind) {
        this.rules = List.copyOf(rules);
        this.behind = behind;
        this.decisions = behind.map(then -> then.decisions).orElseGet(LongAdder::new);
        this.compiled = new CompiledRule[rules.size()];
        this.defaults = defaults;
        this.lastWord = new LastWord(defaults, generation);
        this.generation = generation;
        for (int ordinal = 0; ordinal < compiled.length; ordinal++) {
            compiled[ordinal] = CompiledRule.compile(this.rules.get(ordinal), ordinal, index, defaults, generation);
            if (compiled[ordinal].hasExpressions()) {
                withExpressions.add(ordinal);
            }
        }
    }

    /**
     * A policy of these rules.
     *
     * @param rules in their order
     * @param generation a number that tells this policy from those before it
     * @throws IllegalArgumentException naming the rule (or default), what is wrong with it, and the mend
     */
    public static Policy compile(List<Rule> rules, Defaults defaults, long generation) {
        return new Policy(rules, defaults, generation, Optional.empty());
    }

    /**
     * A policy of these rules before those of another, whose defaults hold. The other is not compiled anew, so this takes
     * time for the new rules alone.
     *
     * @throws IllegalArgumentException as {@link #compile}
     */
    public static Policy before(Policy behind, List<Rule> rules, long generation) {
        return new Policy(rules, behind.defaults, generation, Optional.of(behind));
    }

    public long generation() {
        return generation;
    }

    /** How to refuse a client for which no rule was asked. */
    public OnDrop onDrop() {
        return defaults.onDrop();
    }

    /** The rules in their order, disabled ones too. */
    public List<Rule> rules() {
        List<Rule> all = new ArrayList<>(rules);
        behind.ifPresent(then -> all.addAll(then.rules()));
        return List.copyOf(all);
    }

    /**
     * Goes on counting where another policy has come to. To be called before this one decides anything.
     *
     * @param ids of rules that are the same in both, of those that were not behind another policy
     */
    public void countOn(Policy before, Set<String> ids) {
        decisions = before.decisions;
        Map<String, CompiledRule> counted = new HashMap<>();
        for (int ordinal = 0; ordinal < before.compiled.length; ordinal++) {
            counted.put(before.rules.get(ordinal).id(), before.compiled[ordinal]);
        }
        for (int ordinal = 0; ordinal < compiled.length; ordinal++) {
            String id = rules.get(ordinal).id();
            if (ids.contains(id) && counted.containsKey(id)) {
                compiled[ordinal].countOn(counted.get(id));
            } else {
                compiled[ordinal].countFrom(decisions.sum());
            }
        }
    }

    /**
     * How often a rule decided since it was compiled first; a disabled one, how often it would have, as far as its host
     * patterns tell. Explaining counts for nothing.
     *
     * @param rule its place among {@link #rules}
     */
    public long hits(int rule) {
        return rule < compiled.length
                ? compiled[rule].hits()
                : behind.orElseThrow().hits(rule - compiled.length);
    }

    /**
     * How many requests with a name have been decided, by whatever rule or default, since a rule was compiled first.
     *
     * @param rule as with {@link #hits}
     */
    public long decisions(int rule) {
        return rule < compiled.length
                ? decisions.sum() - compiled[rule].countedFrom()
                : behind.orElseThrow().decisions(rule - compiled.length);
    }

    /**
     * How many patterns a rule has.
     *
     * @param rule as with {@link #hits}
     */
    public int patterns(int rule) {
        return rule < compiled.length
                ? rules.get(rule).conditions().match().map(List::size).orElse(0)
                : behind.orElseThrow().patterns(rule - compiled.length);
    }

    /** What becomes of this connection. */
    public Verdict decide(Request request) {
        if (request.name().isEmpty()) {
            return lastWord.withoutName(request);
        }
        decisions.increment();
        return decide(request, new Subject(request, request.name().get()));
    }

    private Verdict decide(Request request, Subject subject) {
        Ordinals named = index.find(subject.name().value());
        Ordinals expressions = expressionsFor(subject);
        int nextNamed = 0;
        int nextExpression = 0;
        while (true) {
            int ordinal = Math.min(named.at(nextNamed), expressions.at(nextExpression));
            if (ordinal == Ordinals.END) {
                return behind.map(then -> then.decide(request, subject).in(generation))
                        .orElseGet(() -> lastWord.byDefault(subject, request));
            }
            boolean isNamed = named.at(nextNamed) == ordinal;
            Outcome outcome = compiled[ordinal].test(subject, isNamed);
            if (outcome.decides()) {
                compiled[ordinal].count();
                return lastWord.on(compiled[ordinal].verdict(outcome, subject), request);
            }
            if (outcome == Outcome.DISABLED) {
                compiled[ordinal].countDisabled(subject, isNamed);
            }
            nextNamed = named.after(ordinal, nextNamed);
            nextExpression = expressions.after(ordinal, nextExpression);
        }
    }

    /** The rules with regular expressions that may match. */
    private Ordinals expressionsFor(Subject subject) {
        Ordinals found = new Ordinals();
        for (int i = 0; withExpressions.at(i) != Ordinals.END; i++) {
            if (compiled[withExpressions.at(i)].mayMatch(subject)) {
                found.add(withExpressions.at(i));
            }
        }
        return found;
    }

    /** What {@link #decide} says of the same request, and each rule on the way to it. */
    public Explanation explain(Request request) {
        if (request.name().isEmpty()) {
            return new Explanation(List.of(), lastWord.withoutName(request));
        }
        Subject subject = new Subject(request, request.name().get());
        Ordinals named = index.find(subject.name().value());
        List<Explanation.Step> steps = new ArrayList<>();
        for (int ordinal = 0; ordinal < compiled.length; ordinal++) {
            Rule rule = rules.get(ordinal);
            Outcome outcome = compiled[ordinal].test(subject, named.contains(ordinal));
            steps.add(new Explanation.Step(rule.label(), rule.origin(), outcome));
            if (outcome.decides()) {
                return new Explanation(steps, lastWord.on(compiled[ordinal].verdict(outcome, subject), request));
            }
        }
        return behind.map(then -> then.explain(request).after(steps, generation))
                .orElseGet(() -> new Explanation(steps, lastWord.byDefault(subject, request)));
    }
}
