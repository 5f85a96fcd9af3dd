package io.peekgate.server;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a listener lets in.
 *
 * @param name the listener's name in rules and logs
 * @param defaultPort the port to dial when nothing tells which one the client dialled
 * @param allowPorts the ports a client may ask for; empty for any
 * @param sources who may connect at all
 */
public record Entrance(String name, int defaultPort, Set<Integer> allowPorts, Predicate<InetAddress> sources) {

    /**
     * Lets a client in.
     *
     * @throws Refusal {@link CloseReason#SOURCE_DENIED}
     */
    void admit(InetAddress source) {
        if (!sources.test(source)) {
            throw new Refusal(CloseReason.SOURCE_DENIED, "");
        }
    }

    /**
     * The port that the client asks for.
     *
     * @throws Refusal {@link CloseReason#PORT_DENIED}
     */
    int port() {
        if (!allowPorts.isEmpty() && !allowPorts.contains(defaultPort)) {
            throw new Refusal(CloseReason.PORT_DENIED, "port " + defaultPort);
        }
        return defaultPort;
    }
}
