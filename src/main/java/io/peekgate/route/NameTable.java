package io.peekgate.route;

import java.util.Arrays;

/**
 * Names, each with the ordinals of the rules that list it. A chained hash table whose entries are rows of three arrays:
 * at a million names that is a third of a HashMap's memory, and the rest of a text can be looked up without a copy of
 * it. The hash runs backwards over the text, so that one pass gives the hash of every suffix.
 */
final class NameTable {
    private String[] names = {};
    private int[] ordinals = {};
    /** The next entry of the same bucket, plus one; 0 ends the chain. */
    private int[] next = {};
    /** The first entry, plus one; as many as a power of two. */
    private int[] buckets = {0};

    private int size;

    /** The hash of a whole text. */
    static int hash(String text) {
        int hash = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
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
        ordinals[size] = ordinal;
        link(size++);
    }

    /** Adds the ordinals of {@code text} from {@code from} on, whose hash is given. */
    void find(String text, int from, int hash, Ordinals found) {
        for (int entry = buckets[bucket(hash)] - 1; entry >= 0; entry = next[entry] - 1) {
            if (names[entry].length() == text.length() - from && text.startsWith(names[entry], from)) {
                found.add(ordinals[entry]);
            }
        }
    }

    private void grow() {
        int capacity = Math.max(4, 2 * size);
        names = Arrays.copyOf(names, capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        next = new int[capacity];
        buckets = new int[capacity];
        for (int entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    private void link(int entry) {
        int bucket = bucket(hash(names[entry]));
        next[entry] = buckets[bucket];
        buckets[bucket] = entry + 1;
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 16) & buckets.length - 1;
    }
}
