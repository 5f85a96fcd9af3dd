package io.peekgate.route;

import inet.ipaddr.IPAddress;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import java.util.Optional;

/** A request with a name, and the forms of it that some rules need, each made when the first rule needs it. */
final class Subject {
    private final Request request;
    private final ServerName name;
    private String nameAndPort;
    private Optional<String> addressAndPort;
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

    /** {@code ip:port} of the original destination; {@code [v6]:port} in the form of RFC 5952, v4-mapped as v4. */
    @SuppressWarnings("OptionalAssignedToNull") // not made yet is not the same as none
    Optional<String> addressAndPort() {
        if (addressAndPort == null) {
            addressAndPort = request.original().map(IpAddresses::text);
        }
        return addressAndPort;
    }

    IPAddress source() {
        if (source == null) {
            source = IpAddresses.of(request.source());
        }
        return source;
    }
}
