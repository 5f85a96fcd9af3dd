package io.peekgate.route;

import java.util.Arrays;

/**
 * Names, in which a star may stand for a label, each with the ordinals of the rules that list it. A chained hash table
 * whose entries are rows of arrays, and whose names stand one behind the other in one array of bytes: a million names are
 * a handful of objects, which no garbage collection has to copy while connections wait. The rest of a text, or a text with
 * stars for some of its labels, can be looked up without being made: the hash runs backwards over the text, so that one
 * pass gives the hash of every suffix.
 */
final class NameTable {
    /** Of each entry, in ASCII. */
    private byte[] names = {};
    /** Behind the last byte of each entry's name; the next one's begins there. */
    private int[] ends = {};

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
        if (size == ends.length) {
            grow();
        }
        append(name);
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
            if (hashes[entry] == hash && matches(entry, text, from)) {
                found.add(ordinals[entry]);
            }
        }
    }

    /** Whether the text from {@code from} on is the entry's name, in which a star stands for a label. */
    private boolean matches(int entry, String text, int from) {
        int at = from;
        for (int i = start(entry); i < ends[entry]; i++) {
            byte wanted = names[i];
            if (wanted == '*') {
                at = labelEnd(text, at);
            } else if (at == text.length() || text.charAt(at++) != wanted) {
                return false;
            }
        }
        return at == text.length();
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    private static int labelEnd(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private void grow() {
        int capacity = Math.max(4, 2 * size);
        ends = Arrays.copyOf(ends, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        next = new int[capacity];
        buckets = new int[capacity];
        for (int entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    private void append(String name) {
        int start = start(size);
        int end = start + name.length();
        if (end > names.length) {
            names = Arrays.copyOf(names, Math.max(end, 2 * names.length));
        }
        for (int i = 0; i < name.length(); i++) {
            names[start + i] = (byte) name.charAt(i);
        }
        ends[size] = end;
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
