package io.peekgate.route;

import io.peekgate.route.Hygiene.Finding;
import io.peekgate.route.Hygiene.Finding.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Looks in the counters of a policy in force for rules that traffic does without, or would have been decided by. */
public final class Usage {
    /** Of a rule that has seen fewer decisions, it says nothing of not being used. */
    static final long ENOUGH = 1_000;

    private Usage() {}

    /** What is to be found, in the rules' order; at most one of each. */
    public static List<Finding> of(Policy policy) {
        List<Rule> rules = policy.rules();
        return IntStream.range(0, rules.size())
                .mapToObj(rule -> rules.get(rule).enabled() ? unused(policy, rule) : disabled(policy, rule))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> unused(Policy policy, int rule) {
        long decisions = policy.decisions(rule);
        String found = "has decided none of " + decisions + " connections since it was written or the gateway started";
        return policy.hits(rule) == 0 && decisions >= ENOUGH
                ? finding(rule, Kind.UNUSED, found, "remove it, if nobody needs it any more")
                : Optional.empty();
    }

    private static Optional<Finding> disabled(Policy policy, int rule) {
        long missed = policy.hits(rule);
        String found = "is disabled, and would have decided " + missed + (missed == 1 ? " connection" : " connections");
        return missed > 0 ? finding(rule, Kind.DISABLED, found, "enable it, or remove it") : Optional.empty();
    }

    private static Optional<Finding> finding(int rule, Kind kind, String found, String mend) {
        return Optional.of(new Finding(rule, OptionalInt.empty(), kind, found, mend));
    }
}
