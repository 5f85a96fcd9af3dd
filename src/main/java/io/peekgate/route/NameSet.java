package io.peekgate.route;

import java.util.ArrayList;
import java.util.List;

/** The names that a rule excepts, in the same pattern language as those it matches. */
final class NameSet {
    private static final NameSet NONE = new NameSet(List.of());

    private final PatternIndex hosts = new PatternIndex();
    private final List<RegexPattern> expressions;

    private NameSet(List<String> patterns) {
        expressions = split(patterns, hosts, 0);
    }

    /**
     * @throws IllegalArgumentException as {@link #split}
     */
    static NameSet of(List<String> patterns) {
        return patterns.isEmpty() ? NONE : new NameSet(patterns);
    }

    /**
     * Puts the host patterns of a list into an index and returns the regular expressions.
     *
     * @throws IllegalArgumentException naming the first pattern that is wrong, what is wrong with it, and the mend
     */
    static List<RegexPattern> split(List<String> patterns, PatternIndex hosts, int ordinal) {
        List<RegexPattern> expressions = new ArrayList<>();
        for (String pattern : patterns) {
            if (RegexPattern.isOne(pattern)) {
                expressions.add(RegexPattern.parse(pattern));
            } else {
                hosts.add(HostPattern.parse(pattern), ordinal);
            }
        }
        return List.copyOf(expressions);
    }

    /**
     * @throws RegexPattern.OutOfSteps if an expression did not come to an end
     */
    boolean contains(Subject subject) {
        return containsByHost(subject) || anyMatches(expressions, subject);
    }

    /** The same without its expressions. */
    boolean containsByHost(Subject subject) {
        return this != NONE && hosts.find(subject.name().value()).contains(0);
    }

    /**
     * @throws RegexPattern.OutOfSteps if an expression did not come to an end before one matched
     */
    static boolean anyMatches(List<RegexPattern> expressions, Subject subject) {
        for (RegexPattern expression : expressions) {
            if (expression.matches(subject)) {
                return true;
            }
        }
        return false;
    }
}
