package io.peekgate.intercept;

import io.peekgate.intercept.Host.Result;
import io.peekgate.intercept.Step.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A plan in one packet filter's language, as steps: what is printed is what is applied, and what is verified. */
public final class Interception {
    private final Plan plan;
    private final Dialect dialect;
    private final List<Step> steps;

    public Interception(Plan plan, Dialect dialect) {
        this.plan = plan;
        this.dialect = dialect;
        List<Step> routes = plan.mode() == Mode.TPROXY ? TproxyRoutes.steps(plan) : List.of();
        // rules last: until then nothing is intercepted
        this.steps = Stream.of(dialect.guards(plan), routes, dialect.rules(plan))
                .flatMap(List::stream)
                .toList();
    }

    /** A script for {@code sh} that does what {@link #apply} does. */
    public String script() {
        List<String> heading = new ArrayList<>(
                List.of("peekgate intercept, mode " + plan.mode().code()));
        heading.addAll(plan.summary());
        heading.add("To take it away: peekgate intercept remove");
        return Script.of(heading, steps);
    }

    /**
     * Does it; what is there already stays. After a failure nothing of it is there, unless some was before, or it cannot be taken back, which is told.
     *
     * @throws InterceptException if it cannot be done
     */
    public void apply(Host host) {
        Preflight preflight = new Preflight(host);
        preflight.check(plan, dialect);
        boolean first = preflight.installed().isEmpty();
        try {
            for (Step step : steps) {
                run(host, step);
            }
        } catch (InterceptException e) {
            throw first ? undone(host, e) : e;
        }
    }

    /** Takes back what was put in place before the failure; what to throw then. */
    private InterceptException undone(Host host, InterceptException failure) {
        try {
            Removal.of(dialect).apply(host);
            return failure;
        } catch (InterceptException second) {
            String both = failure.getMessage() + "; some of it is in place and cannot be taken back: "
                    + second.getMessage() + "; mend that, then: peekgate intercept remove";
            return new InterceptException(both, failure.isForbidden());
        }
    }

    /**
     * What is missing of it, for people; empty: nothing.
     *
     * @throws InterceptException if this user may not look
     */
    public List<String> missing(Host host) {
        new Preflight(host).checkTools(plan, dialect);
        return steps.stream()
                .flatMap(step -> step.parts().stream())
                .filter(part -> !host.sh(part.test()).isFine())
                .map(Part::name)
                .toList();
    }

    static void run(Host host, Step step) {
        Result result = host.sh(step.run());
        if (!result.isFine()) {
            String said = result.output().strip();
            throw new InterceptException(
                    said.isEmpty() ? "this failed, and does not say why: " + step.title() : said,
                    said.contains("not permitted") || said.contains("ermission denied"));
        }
    }
}
