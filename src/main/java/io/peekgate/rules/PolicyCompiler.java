package io.peekgate.rules;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.StoredRules;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.route.Defaults;
import io.peekgate.route.Policy;
import io.peekgate.route.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the policy that the configuration describes, or says all that is wrong with it. */
public final class PolicyCompiler {
    /** Of one rule: a list in another language has one a line. */
    private static final int MAX_PROBLEMS = 100;

    private final Function<List<Rule>, Policy> compiler;
    private final List<String> problems = new ArrayList<>();

    private PolicyCompiler(Function<List<Rule>, Policy> compiler) {
        this.compiler = compiler;
    }

    /**
     * Reads the match files and compiles the rules.
     *
     * @param generation a number that tells this policy from those before it
     * @throws InvalidRulesException naming every problem
     * @throws java.io.UncheckedIOException if a match file cannot be read
     */
    public static Policy compile(ProxyConfig.Policy config, long generation) {
        Defaults defaults = new Defaults(
                config.defaultAction() == ProxyConfig.Action.PASSTHROUGH,
                onDrop(config.onDrop()),
                config.noSni(),
                destination(config.destination()),
                ech(config.ech()),
                config.mode() == ProxyConfig.Mode.OBSERVE);
        List<PlacedRule> rules = new ArrayList<>();
        for (RuleConfig rule : config.rules()) {
            rules.add(PlacedRule.of(rule, "rule-" + (rules.size() + 1)));
        }
        return new PolicyCompiler(all -> Policy.compile(all, defaults, generation)).compile(rules);
    }

    /** What is wrong with one rule, without its place; empty if nothing is. */
    public static Optional<String> problem(RuleConfig rule) {
        Rule placed = PlacedRule.of(rule, "rule-1").rule();
        return new PolicyCompiler(PolicyCompiler::alone)
                .problem(placed)
                .map(problem -> problem.replace(rule.origin() + ": rule " + placed.label() + ": ", ""));
    }

    /** A policy of this rule and nothing else, which drops by default. */
    static Policy alone(RuleConfig rule) {
        return alone(List.of(PlacedRule.of(rule, "rule-1").rule()));
    }

    private static Policy alone(List<Rule> rules) {
        Defaults any = new Defaults(false, OnDrop.CLOSE, Optional.empty(), Destination.RESOLVE, OnEch.FLAG, false);
        return Policy.compile(rules, any, 0);
    }

    /**
     * Compiles rules made at run time, to be asked before those of the configuration.
     *
     * @param configured the policy that the configuration describes
     * @throws InvalidRulesException as {@link #compile(ProxyConfig.Policy, long)}
     */
    static Policy compile(StoredRules stored, Policy configured) {
        List<PlacedRule> rules = stored.rules().stream()
                .map(rule -> PlacedRule.of(rule.rule(), rule.id()))
                .toList();
        return new PolicyCompiler(all -> Policy.before(configured, all, stored.generation())).compile(rules);
    }

    private Policy compile(List<PlacedRule> rules) {
        try {
            return policy(rules.stream().map(PlacedRule::rule).toList());
        } catch (IllegalArgumentException first) {
            rules.forEach(this::examine);
            throw new InvalidRulesException(problems.isEmpty() ? List.of(first.getMessage()) : problems);
        }
    }

    private Policy policy(List<Rule> rules) {
        return compiler.apply(rules);
    }

    /** Compiles each pattern of the rule alone, so that one wrong line does not hide the next. */
    private void examine(PlacedRule placed) {
        int before = problems.size();
        for (int i = 0; i < placed.patterns().size() && problems.size() - before < MAX_PROBLEMS; i++) {
            if (problem(placed.alone(i, "")).isPresent()) {
                problem(placed.alone(i, placed.patterns().place(i))).ifPresent(problems::add);
            }
        }
        if (problems.size() == before) {
            problem(placed.rule()).ifPresent(problems::add);
        }
    }

    private Optional<String> problem(Rule rule) {
        try {
            policy(List.of(rule));
            return Optional.empty();
        } catch (IllegalArgumentException problem) {
            return Optional.of(problem.getMessage());
        }
    }

    private static Destination destination(ProxyConfig.Destination destination) {
        return Destination.valueOf(destination.name());
    }

    private static OnEch ech(ProxyConfig.Ech ech) {
        return OnEch.valueOf(ech.name());
    }

    private static OnDrop onDrop(ProxyConfig.OnDrop onDrop) {
        return OnDrop.valueOf(onDrop.name());
    }

    /** A rule and what tells the place of each of its patterns. */
    private record PlacedRule(Rule rule, PatternList patterns) {
        static PlacedRule of(RuleConfig config, String id) {
            PatternList patterns = PatternList.of(config);
            boolean anyName = config.match().isEmpty() && config.matchFiles().isEmpty();
            return new PlacedRule(ruleOf(config, anyName ? Optional.empty() : Optional.of(patterns), id), patterns);
        }

        Rule alone(int pattern, String place) {
            Rule.Conditions bare = new Rule.Conditions(
                    Optional.of(List.of(patterns.get(pattern))), List.of(), List.of(), List.of(), List.of(), List.of());
            Rule.Action drop = new Rule.Action(
                    Rule.Action.Kind.DROP,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            return new Rule(rule.id(), rule.name(), bare, drop, true, "", place);
        }

        private static Rule ruleOf(RuleConfig config, Optional<List<String>> match, String id) {
            Rule.Conditions conditions = new Rule.Conditions(
                    match, config.except(), config.ports(), config.sources(), config.alpn(), config.listeners());
            Rule.Action action = new Rule.Action(
                    config.action() == ProxyConfig.Action.DROP ? Rule.Action.Kind.DROP : Rule.Action.Kind.PASS,
                    config.target().map(Object::toString),
                    config.allowPrivate(),
                    config.onDrop().map(PolicyCompiler::onDrop),
                    config.destination().map(PolicyCompiler::destination),
                    config.ech().map(PolicyCompiler::ech));
            return new Rule(id, config.name(), conditions, action, config.enabled(), config.reason(), config.origin());
        }
    }
}
