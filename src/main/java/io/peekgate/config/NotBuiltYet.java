package io.peekgate.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses the values whose keys are known but which ask for what this version does not have. Whoever builds one of them
 * deletes its line here. Asked before a block is read, so that this answer stands rather than a complaint about syntax.
 */
final class NotBuiltYet {
    private final Section section;

    private NotBuiltYet(Section section) {
        this.section = section;
    }

    static void refuseInListener(Section listener) {
        new NotBuiltYet(listener)
                .refuse("type", is("proxy", "http"), "use tls")
                .refuse("bind", startsWith("systemd:"), "use host:port")
                .refuse("proxy-protocol", is("accept", "require"), "use off")
                .refuseAny("trusted-proxies", "leave it empty");
    }

    static void refuseInRule(Section rule) {
        new NotBuiltYet(rule)
                .refuseAny("upstream", "use target or leave it out")
                .refuseAny("family", "leave it out");
    }

    static void refuseInTop(Section top) {
        new NotBuiltYet(top).refuseAny("upstreams", "leave it empty");
    }

    private NotBuiltYet refuse(String key, Predicate<Node> unbuilt, String mend) {
        section.find(key)
                .filter(unbuilt)
                .ifPresent(value -> section.problem(key, value.shown() + " is not built yet in this version; " + mend));
        return this;
    }

    /** Refuses anything but an empty list or block. */
    private NotBuiltYet refuseAny(String key, String mend) {
        section.find(key)
                .filter(value -> !isEmpty(value))
                .ifPresent(value -> section.problem(key, "not built yet in this version; " + mend));
        return this;
    }

    private static boolean isEmpty(Node value) {
        return value.items()
                .map(List::isEmpty)
                .or(() -> value.fields().map(Map::isEmpty))
                .orElse(false);
    }

    private static Predicate<Node> is(String... words) {
        return value -> value.text().filter(Set.of(words)::contains).isPresent();
    }

    private static Predicate<Node> startsWith(String prefix) {
        return value -> value.text().filter(text -> text.startsWith(prefix)).isPresent();
    }
}
