package io.peekgate.route;

import java.util.Arrays;

/** Rules by their place in the policy. */
final class Ordinals {
    /** Greater than any ordinal. */
    static final int END = Integer.MAX_VALUE;

    private int[] values = new int[8];
    private int size;

    void add(int ordinal) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = ordinal;
    }

    Ordinals sorted() {
        Arrays.sort(values, 0, size);
        return this;
    }

    /** The one at a place, or {@link #END} behind the last. */
    int at(int place) {
        return place < size ? values[place] : END;
    }

    /** The first place from {@code place} on that holds something greater. */
    int after(int ordinal, int place) {
        int next = place;
        while (next < size && values[next] <= ordinal) {
            next++;
        }
        return next;
    }

    /** Whether it is there; to be asked only when sorted. */
    boolean contains(int ordinal) {
        return Arrays.binarySearch(values, 0, size, ordinal) >= 0;
    }
}
