package io.peekgate.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the policy is asked about: one connection after its peek.
 *
 * @param listener the listener's name
 * @param source the client's address
 * @param name the name the client asked for, if it sent one
 * @param port the port the client dialled, 1 to 65535
 * @param alpn the protocols the client offers
 * @param original the address and port the client dialled, where an interception tells
 * @param ech which kind of Encrypted ClientHello its hello carries
 */
public record Request(
        String listener,
        InetAddress source,
        Optional<ServerName> name,
        int port,
        List<String> alpn,
        Optional<InetSocketAddress> original,
        ClientHello.Ech ech) {

    /** Without Encrypted ClientHello. */
    public Request(
            String listener,
            InetAddress source,
            Optional<ServerName> name,
            int port,
            List<String> alpn,
            Optional<InetSocketAddress> original) {
        this(listener, source, name, port, alpn, original, ClientHello.Ech.NONE);
    }
}
