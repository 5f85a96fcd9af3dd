package io.peekgate.route;

import io.peekgate.model.Verdict;
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

    /**
     * One rule, asked.
     *
     * @param rule its label
     * @param origin where it was written
     */
    public record Step(String rule, String origin, Outcome outcome) {}
}
