package io.peekgate.explain;

import io.peekgate.model.ClientHello;
import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A connection that somebody asks about.
 *
 * @param listener the name of the one that it comes through
 * @param source the client's address
 * @param sni the name that the client sends; counts, as {@code alpn} does, only where there is no hello
 * @param hello what the client sends first, instead
 * @param port the port that the client dialled, 1 to 65535
 * @param original the address that the client dialled, before a redirect
 * @param resolve whether DNS and the address guard are asked, too
 */
public record Question(
        String listener,
        InetAddress source,
        String sni,
        List<String> alpn,
        Optional<ByteBuffer> hello,
        int port,
        Optional<InetSocketAddress> original,
        boolean resolve) {

    /**
     * What the policy is asked.
     *
     * @throws io.peekgate.model.Refusal if the peek would not come to that
     */
    Request request(Probe probe) {
        if (hello.isEmpty()) {
            return request(Optional.of(ServerName.of(sni)), alpn, Ech.NONE);
        }
        ClientHello read = probe.peek(hello.get());
        return request(read.serverName(), read.alpn(), read.ech());
    }

    private Request request(Optional<ServerName> name, List<String> offered, Ech ech) {
        return new Request(listener, source, name, port, offered, original, ech);
    }
}
