package io.peekgate.route;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * From a name to the rules that have a host pattern for it, by hash look-ups alone: one for the name, two for each of
 * its suffixes, and one for each shape of stars that patterns with as many labels have. So its time depends on the
 * name's labels, not on the number of patterns. It is filled first, then only read.
 */
final class PatternIndex {
    private final NameTable exact = new NameTable();
    private final NameTable starred = new NameTable();
    private final NameTable domains = new NameTable();
    private final NameTable below = new NameTable();
    /** By the number of labels: which of them are stars, counted from the last. */
    private final Map<Integer, Set<BitSet>> shapes = new HashMap<>();

    void add(HostPattern pattern, int ordinal) {
        table(pattern).add(pattern.name(), ordinal);
        if (pattern.kind() == HostPattern.Kind.STARRED) {
            addShape(pattern.name());
        }
    }

    /** Whether this very pattern was added with this ordinal. */
    boolean has(HostPattern pattern, int ordinal) {
        Ordinals found = new Ordinals();
        String name = pattern.name();
        table(pattern).find(name, 0, NameTable.hash(name, 0, name.length(), 0), found);
        return found.sorted().contains(ordinal);
    }

    private NameTable table(HostPattern pattern) {
        return switch (pattern.kind()) {
            case EXACT -> exact;
            case STARRED -> starred;
            case DOMAIN -> domains;
            case BELOW -> below;
        };
    }

    /** The ordinals of all patterns that match, ascending; one may be there more than once. */
    Ordinals find(String name) {
        Ordinals found = new Ordinals();
        int hash = 0;
        int labels = 0;
        below.find(name, name.length(), hash, found);
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = NameTable.hash(name.charAt(i), hash);
            if (i == 0 || name.charAt(i - 1) == '.') {
                labels++;
                domains.find(name, i, hash, found);
                if (i > 0) {
                    below.find(name, i, hash, found);
                }
            }
        }
        exact.find(name, 0, hash, found);
        findStarred(name, labels, found);
        return found.sorted();
    }

    private void addShape(String name) {
        String[] labels = name.split("\\.", -1);
        BitSet stars = new BitSet();
        for (int i = 0; i < labels.length; i++) {
            stars.set(i, labels[labels.length - 1 - i].equals("*"));
        }
        shapes.computeIfAbsent(labels.length, count -> new LinkedHashSet<>()).add(stars);
    }

    private void findStarred(String name, int labels, Ordinals found) {
        for (BitSet stars : shapes.getOrDefault(labels, Set.of())) {
            starred.find(name, 0, hash(name, stars), found);
        }
    }

    /** The hash of the name with stars for these of its labels, the last of which is number 0. */
    private static int hash(String name, BitSet stars) {
        int hash = 0;
        int end = name.length();
        for (int label = 0; end >= 0; label++) {
            int dot = name.lastIndexOf('.', end - 1);
            if (stars.get(label)) {
                hash = NameTable.hash('*', hash);
            } else {
                hash = NameTable.hash(name, dot + 1, end, hash);
            }
            hash = dot < 0 ? hash : NameTable.hash('.', hash);
            end = dot;
        }
        return hash;
    }
}
