package io.peekgate.intercept;

import java.util.List;
import java.util.stream.Stream;

/** Takes away all that any plan has put in place, and nothing else. */
public final class Removal {
    private final List<Dialect> dialects;

    private Removal(List<Dialect> dialects) {
        this.dialects = dialects;
    }

    /** What was put in place in one language, with the routes. */
    public static Removal of(Dialect dialect) {
        return new Removal(List.of(dialect));
    }

    /** What was put in place in any language that this host has tools for. */
    public static Removal of(Host host) {
        return new Removal(Stream.of(Dialect.values())
                .filter(dialect -> Dialect.has(host, dialect))
                .toList());
    }

    /** A script for {@code sh} that does what {@link #apply} does. */
    public String script() {
        return Script.of(
                List.of("peekgate intercept remove: what Peekgate has put in place, whatever the mode"), steps());
    }

    /**
     * Does it, as often as one likes.
     *
     * @throws InterceptException if it cannot be done
     */
    public void apply(Host host) {
        Rights.check(host);
        steps().forEach(step -> Interception.run(host, step));
    }

    private List<Step> steps() {
        // rules first, so that nothing is intercepted into a void
        return Stream.concat(
                        dialects.stream().flatMap(dialect -> dialect.removal().stream()),
                        TproxyRoutes.removal().stream())
                .toList();
    }
}
