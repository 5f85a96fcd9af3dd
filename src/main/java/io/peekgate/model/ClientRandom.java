package io.peekgate.model;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The random of a ClientHello (RFC 8446 section 4.1.2): 32 bytes that no two hellos share, unless they are one. Its hash
 * is keyed by this run of the program, so that no client can choose many with the same one.
 */
public record ClientRandom(long first, long second, long third, long fourth) {
    /** In bytes. */
    public static final int LENGTH = 32;

    private static final long[] KEYS =
            new SecureRandom().longs(4).map(key -> key | 1).toArray();

    /**
     * Takes it out of a larger array.
     *
     * @param at where it begins there; {@link #LENGTH} bytes must follow
     */
    public static ClientRandom of(byte[] bytes, int at) {
        ByteBuffer random = ByteBuffer.wrap(bytes, at, LENGTH);
        return new ClientRandom(random.getLong(), random.getLong(), random.getLong(), random.getLong());
    }

    /** The upper half of a sum of products with secret odd factors (multiply-shift hashing). */
    @Override
    public int hashCode() {
        long sum = first * KEYS[0] + second * KEYS[1] + third * KEYS[2] + fourth * KEYS[3];
        return (int) (sum >>> Integer.SIZE);
    }
}
