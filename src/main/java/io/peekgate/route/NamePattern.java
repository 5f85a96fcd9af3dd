package io.peekgate.route;

import io.peekgate.model.ServerName;

/** One host pattern, for those who look for names without a policy. */
public final class NamePattern {
    private final PatternIndex index = new PatternIndex();

    private NamePattern(HostPattern pattern) {
        index.add(pattern, 0);
    }

    /**
     * Reads a pattern as people write it.
     *
     * @param text no regular expression
     * @throws IllegalArgumentException naming the pattern, what is wrong with it, and the mend
     */
    public static NamePattern of(String text) {
        return new NamePattern(HostPattern.parse(text));
    }

    public boolean matches(ServerName name) {
        return index.find(name.value()).contains(0);
    }
}
