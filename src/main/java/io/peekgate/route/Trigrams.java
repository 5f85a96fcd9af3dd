package io.peekgate.route;

/**
 * Which three characters follow one another in a text, folded into the 64 bits of a number (a Bloom filter). A text
 * contains another only if it has all the bits of that one, which is a look at one number for each of many expressions.
 */
final class Trigrams {
    private static final int LENGTH = 3;
    /** Multiplicative hashing by the golden ratio; the upper six bits are the best mixed. */
    private static final int FACTOR = 0x9e3779b9;

    private Trigrams() {}

    /** None for a text of less than three characters. */
    static long of(String text) {
        long bits = 0;
        for (int i = LENGTH; i <= text.length(); i++) {
            int hash = (31 * text.charAt(i - 3) + text.charAt(i - 2)) * 31 + text.charAt(i - 1);
            bits |= 1L << ((hash * FACTOR) >>> (Integer.SIZE - 6));
        }
        return bits;
    }
}
