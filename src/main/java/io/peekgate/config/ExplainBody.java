package io.peekgate.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A connection that a client of the admin API asks about, as it is written down; either {@code sni} or {@code hello} is
 * there.
 *
 * @param hello hex digits, not yet read
 * @param port that the client dialled, 1 to 65535; the same as that of {@code original}
 */
public record ExplainBody(
        Optional<String> sni,
        Optional<String> hello,
        Optional<Integer> port,
        Optional<InetAddress> source,
        List<String> alpn,
        Optional<InetSocketAddress> original,
        Optional<String> listener,
        boolean resolve) {}
