package io.peekgate.route;

import io.peekgate.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * How a policy came to its verdict.
 *
 * @param steps each rule in order, up to the one that decided; empty for a client without SNI, for which no rule is
 *     asked
 * @param verdict what {@link Policy#decide} says of the same request
 */
public record Explanation(List<Step> steps, Verdict verdict) {

    public Explanation {
        steps = List.copyOf(steps);
    }

    /** This one, of a policy that was asked behind another, which took these steps. */
    Explanation after(List<Step> before, long generation) {
        List<Step> all = new ArrayList<>(before);
        all.addAll(steps);
        return new Explanation(all, verdict.in(generation));
    }

    /**
     * One rule, asked.
     *
     * @param rule its label
     * @param origin where it was written
     */
    public record Step(String rule, String origin, Outcome outcome) {}
}
