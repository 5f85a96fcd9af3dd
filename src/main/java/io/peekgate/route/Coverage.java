package io.peekgate.route;

import java.util.function.IntPredicate;

/**
 * Which rules of an index match every name that a pattern matches. It asks the index for names that the pattern matches and
 * that no rule can name: with labels of one NUL, and with more labels than any pattern has stars for.
 */
final class Coverage {
    /** A name has at most 127 labels. */
    private static final String DEEP = "\0.".repeat(128);

    private Coverage() {}

    /**
     * The first rule that covers the pattern and is accepted; -1 if there is none.
     *
     * @param accepted of a rule's ordinal
     */
    static int of(HostPattern pattern, PatternIndex index, IntPredicate accepted) {
        return switch (pattern.kind()) {
            case EXACT -> first(index.find(pattern.name()), accepted);
            case STARRED -> first(index.find(pattern.name().replace('*', '\0')), accepted);
            case BELOW -> below(pattern.name(), index, accepted);
            case DOMAIN -> below(pattern.name(), index, accepted.and(index.find(pattern.name())::contains));
        };
    }

    /** The first rule that covers every name and is accepted; -1 if there is none. */
    static int ofAll(PatternIndex index, IntPredicate accepted) {
        return below("", index, accepted);
    }

    /** Whether there is not a domain's name in it, but at most a top-level domain's. */
    static boolean isBroad(HostPattern pattern) {
        long labels = pattern.name().chars().filter(c -> c == '.').count() + 1;
        long stars = pattern.name().chars().filter(c -> c == '*').count();
        return pattern.kind() != HostPattern.Kind.EXACT && labels - stars <= 1;
    }

    /** One label below is looked at first, since that is quick, and mostly nothing is there. */
    private static int below(String name, PatternIndex index, IntPredicate accepted) {
        String suffix = name.isEmpty() ? "\0" : "\0." + name;
        int near = first(index.find(suffix), accepted);
        return near < 0 ? near : first(index.find(DEEP + suffix), accepted);
    }

    private static int first(Ordinals found, IntPredicate accepted) {
        for (int place = 0; found.at(place) != Ordinals.END; place++) {
            if (accepted.test(found.at(place))) {
                return found.at(place);
            }
        }
        return -1;
    }
}
