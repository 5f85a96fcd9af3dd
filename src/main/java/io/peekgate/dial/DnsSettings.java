package io.peekgate.dial;

import io.peekgate.model.ServerName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How names become addresses.
 *
 * @param servers to ask, in this order; empty for the system's own, and then its hosts file is read first
 * @param timeout of each query, at least 1 ms
 * @param attempts how often each server is asked before the name is given up, at least 1
 * @param family which addresses to ask for
 * @param maxTtl how long an address is remembered at most
 * @param negativeTtl how long it is remembered that a name or its addresses do not exist; 30 s at most
 * @param maxEntries how many answers (one a name and family) each event loop remembers, at least 1
 * @param overrides names that are never asked for, and their addresses
 */
public record DnsSettings(
        List<InetSocketAddress> servers,
        Duration timeout,
        int attempts,
        Family family,
        Duration maxTtl,
        Duration negativeTtl,
        int maxEntries,
        Map<ServerName, List<InetAddress>> overrides) {
    private static final Duration NEGATIVE_TTL_CAP = Duration.ofSeconds(30);

    public DnsSettings {
        servers = List.copyOf(servers);
        overrides = Map.copyOf(overrides);
        negativeTtl = negativeTtl.compareTo(NEGATIVE_TTL_CAP) < 0 ? negativeTtl : NEGATIVE_TTL_CAP;
    }
}
