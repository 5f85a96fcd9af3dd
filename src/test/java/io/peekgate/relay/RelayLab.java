package io.peekgate.relay;

import java.io.IOException;
import java.util.Random;

/** What the parts of {@link RelayContract} work with. */
interface RelayLab {
    int MEBI = 1024 * 1024;

    /** A new event loop with a new relay; cleaned up after the test. */
    Loopback loopback(RelayTimeouts timeouts) throws IOException;

    /** Whether the transport tells of a RST on a socket that is not being read. */
    boolean hearsResetUnread();

    /** A wire whose relay has no timeouts. */
    default Wire wire() throws IOException {
        return loopback(Loopback.PATIENT).wire();
    }

    /** The same with small socket buffers. */
    default Wire tightWire() throws IOException {
        return loopback(Loopback.PATIENT).tightWire();
    }

    /** Bytes that look random, the same for the same seed. */
    static byte[] noise(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
