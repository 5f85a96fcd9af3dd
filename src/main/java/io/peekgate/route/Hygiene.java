package io.peekgate.route;

import io.peekgate.route.Hygiene.Finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Looks for rules that are valid and yet hardly what their author meant. One pass in the rules' order, over an index of the
 * enabled rules so far, so that a list of a million patterns takes seconds. It says nothing of disabled rules, and of one
 * kind at most {@value #SHOWN} times for a rule.
 */
public final class Hygiene {
    static final int SHOWN = 20;

    private static final List<String> ANY_NAME = List.of("**");

    private final List<Rule> rules;
    private final PatternIndex index = new PatternIndex();
    private final Map<String, List<Integer>> expressions = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * One thing to look at.
     *
     * @param rule its place in the list
     * @param pattern the place of the pattern in the rule's {@code match}; empty if it is about the rule as a whole
     * @param found what is so, as a sentence without its subject
     * @param mend what to write instead
     */
    public record Finding(int rule, OptionalInt pattern, Kind kind, String found, String mend) {
        /** What it is about. */
        public enum Kind {
            DUPLICATE,
            SHADOWED,
            UNREACHABLE,
            BROAD,
            EXPRESSION,
            APEX,
            /** As {@link Usage} has it. */
            UNUSED,
            DISABLED
        }
    }

    private Hygiene(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * What is suspicious in the rules, in their order.
     *
     * @param rules that compile
     */
    public static List<Finding> of(List<Rule> rules) {
        Hygiene hygiene = new Hygiene(rules);
        for (int rule = 0; rule < rules.size(); rule++) {
            if (rules.get(rule).enabled()) {
                hygiene.new Examined(rule).examine();
            }
        }
        for (int rule = 0; rule < rules.size(); rule++) {
            if (rules.get(rule).enabled()) {
                hygiene.new Examined(rule).examineApexes();
            }
        }
        hygiene.findings.sort((a, b) -> Integer.compare(a.rule(), b.rule()));
        return List.copyOf(hygiene.findings);
    }

    private String called(int rule) {
        return "rule " + rules.get(rule).label() + " (" + rules.get(rule).origin() + ")";
    }

    /** One rule, as the earlier ones leave it. */
    private final class Examined {
        private final int ordinal;
        private final Rule rule;
        private final List<String> patterns;
        private final Map<Kind, Integer> told = new EnumMap<>(Kind.class);
        /** By pattern: the earlier rule that takes all it matches, plus one; 0 for none. */
        private final int[] takenBy;

        Examined(int ordinal) {
            this.ordinal = ordinal;
            this.rule = rules.get(ordinal);
            this.patterns = rule.conditions().match().orElse(ANY_NAME);
            this.takenBy = new int[patterns.size()];
        }

        void examine() {
            rule.name().ifPresent(this::examineName);
            for (int i = 0; i < patterns.size(); i++) {
                if (RegexPattern.isOne(patterns.get(i))) {
                    examineExpression(i, patterns.get(i));
                } else {
                    examineHost(i, HostPattern.parse(patterns.get(i)));
                }
            }
            tellOfTaken();
        }

        private void examineName(String name) {
            Integer first = names.putIfAbsent(name, ordinal);
            if (first != null) {
                tell(Kind.DUPLICATE, "has the name of " + called(first), "give each a name of its own");
            }
        }

        private void examineHost(int i, HostPattern pattern) {
            if (index.has(pattern, ordinal)) {
                tell(i, Kind.DUPLICATE, "is there twice in this rule", "leave one of them out");
                return;
            }
            takenBy[i] = 1 + Coverage.of(pattern, index, this::isCoveredBy);
            if (Coverage.isBroad(pattern) && passesAnyClient()) {
                tell(i, Kind.BROAD, "lets whole top-level domains pass", "name the domains that should pass");
            }
            index.add(pattern, ordinal);
        }

        private void examineExpression(int i, String pattern) {
            List<Integer> same = expressions.computeIfAbsent(pattern, text -> new ArrayList<>());
            if (same.contains(ordinal)) {
                tell(i, Kind.DUPLICATE, "is there twice in this rule", "leave one of them out");
                return;
            }
            int all = Coverage.ofAll(index, this::isCoveredBy);
            takenBy[i] = 1 + same.stream().filter(this::isCoveredBy).findFirst().orElse(all);
            ExpressionHabits.of(pattern.substring(1)).forEach((found, mend) -> tell(i, Kind.EXPRESSION, found, mend));
            if (passesAnyClient() && ExpressionHabits.matchesNearlyAll(pattern)) {
                tell(i, Kind.BROAD, "lets nearly every name pass", "name the domains that should pass");
            }
            same.add(ordinal);
        }

        private void tellOfTaken() {
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < takenBy.length; i++) {
                if (takenBy[i] > 0) {
                    taken.add(i);
                }
            }
            if (patterns.isEmpty()) {
                tell(Kind.UNREACHABLE, "has a match-file without patterns", "fill it, or remove the rule");
            } else if (taken.size() == patterns.size()) {
                String by = called(takenBy[0] - 1);
                tell(Kind.UNREACHABLE, "never decides, since " + by + " comes first", "move it up, or remove it");
            } else {
                taken.forEach(i -> tell(
                        i,
                        Kind.SHADOWED,
                        "never decides, since " + called(takenBy[i] - 1) + " comes first",
                        "move the rule up, or leave the pattern out"));
            }
        }

        /** To be asked when every rule is in the index: another one may have the name itself. */
        void examineApexes() {
            for (int i = 0; i < patterns.size(); i++) {
                String pattern = patterns.get(i);
                if (pattern.startsWith("*.") && pattern.indexOf('.', 2) > 0 && pattern.lastIndexOf('*') == 0) {
                    examineApex(i, HostPattern.parse(pattern).name().substring(2));
                }
            }
        }

        private void examineApex(int i, String apex) {
            boolean named = index.find(apex).at(0) != Ordinals.END;
            if (!named && !rule.conditions().except().contains(apex)) {
                tell(
                        i,
                        Kind.APEX,
                        "does not match " + apex + " itself, and neither does another rule",
                        "add \"" + apex + "\" to match, or to except if that is meant");
            }
        }

        /** Whether the other rule comes first for every client and port for which this one is asked. */
        private boolean isCoveredBy(int other) {
            Rule.Conditions earlier = rules.get(other).conditions();
            Rule.Conditions own = rule.conditions();
            return other != ordinal
                    && admits(earlier.ports(), own.ports())
                    && admits(earlier.sources(), own.sources())
                    && admits(earlier.alpn(), own.alpn())
                    && admits(earlier.listeners(), own.listeners())
                    && own.except().containsAll(earlier.except());
        }

        private static boolean admits(List<?> earlier, List<?> own) {
            return earlier.isEmpty() || (!own.isEmpty() && earlier.containsAll(own));
        }

        private boolean passesAnyClient() {
            Rule.Conditions own = rule.conditions();
            return rule.action().kind() == Rule.Action.Kind.PASS
                    && own.sources().isEmpty()
                    && own.alpn().isEmpty()
                    && own.listeners().isEmpty();
        }

        private void tell(Kind kind, String found, String mend) {
            findings.add(new Finding(ordinal, OptionalInt.empty(), kind, found, mend));
        }

        private void tell(int pattern, Kind kind, String found, String mend) {
            int before = told.merge(kind, 1, Integer::sum) - 1;
            OptionalInt place = rule.conditions().match().isPresent() ? OptionalInt.of(pattern) : OptionalInt.empty();
            if (before < SHOWN) {
                findings.add(new Finding(ordinal, place, kind, found, mend));
            } else if (before == SHOWN) {
                findings.add(new Finding(ordinal, place, kind, found + "; and so do others, not listed", mend));
            }
        }
    }
}
