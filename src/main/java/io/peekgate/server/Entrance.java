package io.peekgate.server;

import io.netty.channel.Channel;
import io.peekgate.dial.AddressGuard;
import io.peekgate.dial.OriginalDestination;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a listener lets in.
 *
 * @param name the listener's name in rules and logs
 * @param capture how the address that a client dialled is found
 * @param defaultPort the port to dial when nothing tells which one the client dialled
 * @param allowPorts the ports a client may ask for; empty for any
 * @param sources who may connect at all
 */
public record Entrance(
        String name,
        OriginalDestination capture,
        int defaultPort,
        Set<Integer> allowPorts,
        Predicate<InetAddress> sources) {

    /**
     * Lets a client in.
     *
     * @throws Refusal {@link CloseReason#SOURCE_DENIED}
     */
    public void admit(InetAddress source) {
        if (!sources.test(source)) {
            throw new Refusal(CloseReason.SOURCE_DENIED, "");
        }
    }

    /** What a client dialled, where that is known; one that dials this gateway itself is led here by nobody. */
    Optional<InetSocketAddress> original(Channel client, AddressGuard guard) {
        return capture.of(client).filter(dialled -> !guard.isOwnListener(dialled));
    }

    /**
     * What the policy is asked about a client.
     *
     * @param original what it dialled, where that is known
     * @throws Refusal as {@link #port}
     */
    Request request(InetAddress source, ClientHello hello, Optional<InetSocketAddress> original) {
        return new Request(name, source, hello.serverName(), port(original), hello.alpn(), original, hello.ech());
    }

    /**
     * The port that the client asks for.
     *
     * @param original what the client dialled, where that is known
     * @throws Refusal {@link CloseReason#PORT_DENIED}, or {@link CloseReason#NOT_REDIRECTED}
     */
    private int port(Optional<InetSocketAddress> original) {
        if (original.isEmpty() && capture.isDemanded()) {
            throw new Refusal(
                    CloseReason.NOT_REDIRECTED,
                    "capture = " + capture.name().toLowerCase(Locale.ROOT) + " of listener " + name);
        }
        return allowed(original.map(InetSocketAddress::getPort).orElse(defaultPort));
    }

    /**
     * A port that the client asks for.
     *
     * @throws Refusal {@link CloseReason#PORT_DENIED}
     */
    public int allowed(int port) {
        if (!allowPorts.isEmpty() && !allowPorts.contains(port)) {
            throw new Refusal(CloseReason.PORT_DENIED, "port " + port);
        }
        return port;
    }
}
