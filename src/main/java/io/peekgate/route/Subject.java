package io.peekgate.route;

import inet.ipaddr.IPAddress;
import io.peekgate.model.Destination;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A request with a name, and the forms of it that some rules need, each made when the first rule needs it. */
final class Subject {
    private final Request request;
    private final ServerName name;
    private String nameAndPort;
    private String addressAndPort;
    private long trigrams;
    private IPAddress source;

    Subject(Request request, ServerName name) {
        this.request = request;
        this.name = name;
    }

    Request request() {
        return request;
    }

    ServerName name() {
        return name;
    }

    /** {@code name:port}, with the port that the client dialled. */
    String nameAndPort() {
        if (nameAndPort == null) {
            nameAndPort = name.value() + ':' + request.port();
        }
        return nameAndPort;
    }

    /** Whether the address that the client dialled is known. */
    boolean hasAddress() {
        return request.original().isPresent();
    }

    /** {@code ip:port} of that address; {@code [v6]:port} in the form of RFC 5952, v4-mapped as v4. */
    String addressAndPort() {
        if (addressAndPort == null) {
            addressAndPort = IpAddresses.text(request.original().orElseThrow());
        }
        return addressAndPort;
    }

    /** Whether these {@link Trigrams} are in {@link #nameAndPort} and {@link #addressAndPort}, as far as they can tell. */
    boolean mayContain(long wanted) {
        if (trigrams == 0) {
            trigrams = Trigrams.of(nameAndPort()) | (hasAddress() ? Trigrams.of(addressAndPort()) : 0);
        }
        return (trigrams & wanted) == wanted;
    }

    /** What to dial for the name; empty if the mode needs to know what the client dialled, and nothing tells. */
    Optional<Target> target(Destination destination, boolean allowPrivate) {
        Optional<InetSocketAddress> original = request.original();
        if (original.isPresent()) {
            return Optional.of(new Target.Dialled(name, original.get(), destination, allowPrivate));
        }
        return destination.needsOriginal()
                ? Optional.empty()
                : Optional.of(new Target.Named(name, request.port(), allowPrivate));
    }

    IPAddress source() {
        if (source == null) {
            source = IpAddresses.of(request.source());
        }
        return source;
    }
}
