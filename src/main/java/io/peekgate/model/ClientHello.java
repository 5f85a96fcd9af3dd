package io.peekgate.model;

import java.util.List;
import java.util.Optional;

/**
 * What Peekgate reads of a ClientHello (RFC 8446 section 4.1.2), and all that it reads.
 *
 * @param serverName the one {@code server_name} entry of type host_name (RFC 6066 section 3), if there is one
 * @param alpn the protocols offered, in the client's order (RFC 7301); bytes beyond printable ASCII are escaped
 * @param tlsVersion the newest version offered, as {@code 1.3}; {@code 3.0} is SSL 3.0
 * @param ech which kind of Encrypted ClientHello extension it carries
 * @param length of the whole handshake message, in bytes
 * @param random by which this hello is known again
 */
public record ClientHello(
        Optional<ServerName> serverName,
        List<String> alpn,
        String tlsVersion,
        Ech ech,
        int length,
        ClientRandom random) {

    /** The {@code encrypted_client_hello} extension (RFC 9849), as far as its bytes tell. */
    public enum Ech {
        NONE,
        /** Of type outer: a real one, or GREASE made as section 6.2 tells to make it, so that it looks the same. */
        OUTER,
        /** Of type outer, but no server could find a hello in it: certainly GREASE. */
        GREASE,
        /** Of type inner, which no client sends in the clear. */
        INNER;

        /** Whether there may be another name than the one that can be read. */
        public boolean mayBeReal() {
            return this == OUTER || this == INNER;
        }
    }
}
