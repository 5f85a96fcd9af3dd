package io.peekgate.route;

import java.util.Arrays;

/**
 * Names, in which a star may stand for a label, each with the ordinals of the rules that list it. A chained hash table
 * whose entries are rows of four arrays: at a million names that is a third of a HashMap's memory, and the rest of a
 * text, or a text with stars for some of its labels, can be looked up without being made. The hash runs backwards over
 * the text, so that one pass gives the hash of every suffix.
 */
final class NameTable {
    private String[] names = {};
    private int[] hashes = {};
    private int[] ordinals = {};
    /** The next entry of the same bucket, plus one; 0 ends the chain. */
    private int[] next = {};
    /** The first entry, plus one; as many as a power of two. */
    private int[] buckets = {0};

    private int size;

    /** The hash of a part of a text and what follows it, whose hash is {@code rest}. */
    static int hash(String text, int from, int to, int rest) {
        int hash = rest;
        for (int i = to - 1; i >= from; i--) {
            hash = hash(text.charAt(i), hash);
        }
        return hash;
    }

    /** The hash of a suffix, from that of the suffix one character shorter; 0 is the hash of the empty one. */
    static int hash(char first, int rest) {
        return 31 * rest + first;
    }

    void add(String name, int ordinal) {
        if (size == names.length) {
            grow();
        }
        names[size] = name;
        hashes[size] = hash(name, 0, name.length(), 0);
        ordinals[size] = ordinal;
        link(size++);
    }

    /**
     * Adds the ordinals of the names with this hash that {@code text} from {@code from} on matches.
     *
     * @param hash of that part of the text, with stars for some of its labels or none
     */
    void find(String text, int from, int hash, Ordinals found) {
        for (int entry = buckets[bucket(hash)] - 1; entry >= 0; entry = next[entry] - 1) {
            if (hashes[entry] == hash && matches(names[entry], text, from)) {
                found.add(ordinals[entry]);
            }
        }
    }

    /** Whether the text from {@code from} on is the name, in which a star stands for a label. */
    private static boolean matches(String name, String text, int from) {
        int at = from;
        for (int i = 0; i < name.length(); i++) {
            char wanted = name.charAt(i);
            if (wanted == '*') {
                at = labelEnd(text, at);
            } else if (at == text.length() || text.charAt(at++) != wanted) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int labelEnd(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private void grow() {
        int capacity = Math.max(4, 2 * size);
        names = Arrays.copyOf(names, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        next = new int[capacity];
        buckets = new int[capacity];
        for (int entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    private void link(int entry) {
        int bucket = bucket(hashes[entry]);
        next[entry] = buckets[bucket];
        buckets[bucket] = entry + 1;
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 16) & buckets.length - 1;
    }
}
