package io.peekgate.intercept.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the gateway is configured to be.
 *
 * @param halfClosedTimeout how long a connection may be half closed and idle
 * @param mark of its own sockets; empty: none
 * @param connections how many it is to carry; empty: as many as its descriptors allow
 * @param dns asks for a name, and says what went wrong if nobody answers
 */
public record Gateway(
        List<Door> doors,
        Duration halfClosedTimeout,
        Optional<Integer> mark,
        Optional<Integer> connections,
        Supplier<Optional<String>> dns) {
    /**
     * A listener.
     *
     * @param anyAddress it is bound to every address of the host
     * @param anySource it lets everybody in
     * @param captures whether connections come to it by interception
     * @param isTproxy whether only by TPROXY
     */
    public record Door(
            String name, int port, boolean anyAddress, boolean anySource, boolean captures, boolean isTproxy) {}
}
