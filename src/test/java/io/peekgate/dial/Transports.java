package io.peekgate.dial;

import io.peekgate.net.Transport;
import java.util.stream.Stream;

/** The transports that this machine has. */
final class Transports {
    private Transports() {}

    static Stream<Transport> available() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }
}
