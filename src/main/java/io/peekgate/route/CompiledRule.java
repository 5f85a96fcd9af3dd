package io.peekgate.route;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.model.Request;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import io.peekgate.route.Rule.Action.Kind;
import io.peekgate.route.Rule.Conditions;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** A rule ready to be asked. Its host patterns are in the policy's index; everything else of it is here. */
final class CompiledRule {
    private static final List<String> ANY_NAME = List.of("**");

    private final Rule rule;
    private final Optional<String> label;
    private final List<RegexPattern> expressions;
    private final long needed;
    private final NameSet except;
    private final Optional<Sources> sources;
    private final Optional<TargetTemplate> target;
    private final OnDrop onDrop;
    private final Destination destination;
    private final OnEch onEch;
    private final long generation;
    private LongAdder hits = new LongAdder();
    private long countedFrom;

    /**
     * @throws IllegalArgumentException naming the rule, what is wrong with it, and the mend
     */
    static CompiledRule compile(Rule rule, int ordinal, PatternIndex index, Defaults defaults, long generation) {
        try {
            return new CompiledRule(rule, ordinal, index, defaults, generation);
        } catch (IllegalArgumentException wrong) {
            String message = rule.origin() + ": rule " + rule.label() + ": " + wrong.getMessage();
            throw new IllegalArgumentException(message, wrong);
        }
    }

    private CompiledRule(Rule rule, int ordinal, PatternIndex index, Defaults defaults, long generation) {
        Conditions conditions = rule.conditions();
        conditions.ports().forEach(CompiledRule::checkPort);
        checkAction(rule.action());
        this.rule = rule;
        this.label = Optional.of(rule.label());
        this.expressions = NameSet.split(conditions.match().orElse(ANY_NAME), index, ordinal);
        this.needed = expressions.stream().mapToLong(RegexPattern::needed).reduce(-1L, (all, each) -> all & each);
        this.except = NameSet.of(conditions.except());
        this.sources = Optional.of(conditions.sources())
                .filter(texts -> !texts.isEmpty())
                .map(Sources::of);
        this.target = rule.action()
                .target()
                .map(text -> TargetTemplate.parse(text, rule.action().allowPrivate()));
        this.onDrop = rule.action().onDrop().orElse(defaults.onDrop());
        this.onEch = rule.action().ech().orElse(defaults.ech());
        this.destination = rule.action().destination().orElse(defaults.destination());
        this.generation = generation;
    }

    boolean hasExpressions() {
        return !expressions.isEmpty();
    }

    /** Whether its expressions are worth asking: not if what each of them needs is missing. */
    boolean mayMatch(Subject subject) {
        return subject.mayContain(needed);
    }

    /**
     * What this rule says of a request: the one test that deciding and explaining share. The expressions come after
     * all that is cheap, so that they run only where they decide.
     *
     * @param named whether one of its host patterns matches, which the policy's index tells
     */
    Outcome test(Subject subject, boolean named) {
        if (!rule.enabled()) {
            return Outcome.DISABLED;
        }
        if (!named && expressions.isEmpty()) {
            return Outcome.NAME;
        }
        Outcome plain = testConditions(subject);
        return plain == Outcome.MATCHED ? testExpressions(subject, named) : plain;
    }

    /** Goes on where the same rule of an earlier policy has come to. */
    void countOn(CompiledRule before) {
        hits = before.hits;
        countedFrom = before.countedFrom;
    }

    /** @param decisions how many there have been before it was there */
    void countFrom(long decisions) {
        countedFrom = decisions;
    }

    /** How many decisions there had been when it began to count. */
    long countedFrom() {
        return countedFrom;
    }

    /** Counts a request that it decided. */
    void count() {
        hits.increment();
    }

    /**
     * Counts a request that it would have decided, had it not been disabled, as far as the host patterns of its match and
     * its except tell: its regular expressions may be why it is disabled, so none of them runs.
     */
    void countDisabled(Subject subject, boolean named) {
        if (named && testConditions(subject) == Outcome.MATCHED && !except.containsByHost(subject)) {
            hits.increment();
        }
    }

    /** How often it decided or, if it is disabled, would have. */
    long hits() {
        return hits.sum();
    }

    private Outcome testConditions(Subject subject) {
        Request request = subject.request();
        Conditions conditions = rule.conditions();
        if (!admits(conditions.ports(), request.port())) {
            return Outcome.PORT;
        }
        if (!admits(conditions.listeners(), request.listener())) {
            return Outcome.LISTENER;
        }
        if (!conditions.alpn().isEmpty() && Collections.disjoint(conditions.alpn(), request.alpn())) {
            return Outcome.ALPN;
        }
        boolean fromThere = sources.isEmpty() || sources.get().contains(subject.source());
        return fromThere ? Outcome.MATCHED : Outcome.SOURCE;
    }

    private Outcome testExpressions(Subject subject, boolean named) {
        try {
            if (!named && !NameSet.anyMatches(expressions, subject)) {
                return Outcome.NAME;
            }
            return except.contains(subject) ? Outcome.EXCEPT : Outcome.MATCHED;
        } catch (RegexPattern.OutOfSteps noAnswer) {
            return Outcome.REGEX_BUDGET;
        }
    }

    /** What follows from an outcome that decides. */
    Verdict verdict(Outcome outcome, Subject subject) {
        if (outcome == Outcome.REGEX_BUDGET) {
            String detail = "no end within " + RegexPattern.MAX_STEPS + " steps on " + subject.nameAndPort();
            return verdict(CloseReason.RULE_ERROR, Optional.empty(), detail);
        }
        return rule.action().kind() == Kind.DROP
                ? verdict(CloseReason.RULE_DROP, Optional.empty(), rule.reason())
                : passed(subject);
    }

    private Verdict passed(Subject subject) {
        Optional<Target> found = target(subject);
        return found.isPresent()
                ? verdict(CloseReason.RULE, found, rule.reason())
                : verdict(CloseReason.NOT_REDIRECTED, found, Defaults.missing(destination));
    }

    private Verdict verdict(CloseReason reason, Optional<Target> target, String detail) {
        return new Verdict(reason, label, target, onDrop, onEch, Optional.empty(), detail, generation);
    }

    private Optional<Target> target(Subject subject) {
        return target.isPresent()
                ? target.map(fixed -> fixed.at(subject.request().port()))
                : subject.target(destination, rule.action().allowPrivate());
    }

    private static boolean admits(List<?> allowed, Object value) {
        return allowed.isEmpty() || allowed.contains(value);
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw Complaint.about("port", String.valueOf(port), "there is no such port", "write one from 1 to 65535");
        }
    }

    private static void checkAction(Rule.Action action) {
        boolean drops = action.kind() == Kind.DROP;
        if (action.destination().isPresent() && (drops || action.target().isPresent())) {
            String problem = drops ? "a rule that drops dials nothing" : "a rule with a target dials that";
            throw Complaint.about(
                    "destination", Defaults.word(action.destination().get()), problem, "leave it out");
        }
        if (drops && action.target().isPresent()) {
            throw Complaint.about("target", action.target().get(), "a rule that drops dials nothing", "leave it out");
        }
        if (drops && action.ech().isPresent()) {
            String ech = action.ech().get().name().toLowerCase(Locale.ROOT);
            throw Complaint.about("ech", ech, "a rule that drops asks for nothing else", "leave it out");
        }
        if (drops && action.allowPrivate()) {
            throw Complaint.about("allow-private", "true", "a rule that drops dials nothing", "leave it out");
        }
    }
}
