package io.peekgate.relay;

import java.io.IOException;
import java.util.Random;

/** What the parts of {@link RelayContract} work with. */
interface RelayLab {
    /** Socket buffers so small that a reader who stalls is felt at once. */
    int SMALL = 4 * 1024;

    int MEBI = 1024 * 1024;

    /** A new event loop with a new relay; cleaned up after the test. */
    Loopback loopback(RelayTimeouts timeouts) throws IOException;

    /** Whether the transport tells of a RST on a socket that is not being read. */
    boolean hearsResetUnread();

    /** A wire whose relay has no timeouts. */
    default Wire wire() throws IOException {
        return wire(0);
    }

    /** The same with this size of socket buffers. */
    default Wire wire(int buffer) throws IOException {
        return loopback(Loopback.PATIENT).wire(buffer);
    }

    /** Bytes that look random, the same for the same seed. */
    static byte[] noise(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
