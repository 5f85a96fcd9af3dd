package io.peekgate.dial;

import inet.ipaddr.IPAddress;
import io.peekgate.dial.SpecialPurpose.Block;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where this gateway itself listens. */
final class OwnSockets {
    private static final List<IPAddress> LOOPBACK = parsed("127.0.0.0/8", "::1");

    /** To dial these is to dial the machine itself. */
    private static final List<IPAddress> UNSPECIFIED = parsed("0.0.0.0", "::");

    private final Map<Integer, BlockTable> byPort = new HashMap<>();

    /**
     * @param listeners one that listens on a wildcard of either family counts for both
     * @param ownAddresses what a wildcard stands for, beside the loopback addresses
     */
    OwnSockets(Collection<InetSocketAddress> listeners, Collection<InetAddress> ownAddresses) {
        for (InetSocketAddress listener : listeners) {
            BlockTable table = byPort.computeIfAbsent(listener.getPort(), port -> new BlockTable());
            UNSPECIFIED.forEach(address -> add(table, address));
            if (listener.getAddress().isAnyLocalAddress()) {
                LOOPBACK.forEach(address -> add(table, address));
                ownAddresses.forEach(own -> add(table, BlockTable.of(own)));
            } else {
                add(table, BlockTable.of(listener.getAddress()));
            }
        }
    }

    boolean contains(IPAddress address, int port) {
        BlockTable table = byPort.get(port);
        return table != null && table.find(address).isPresent();
    }

    private static void add(BlockTable table, IPAddress address) {
        table.add(new Block(address, "own listener"));
    }

    private static List<IPAddress> parsed(String... addresses) {
        return Stream.of(addresses).map(BlockTable::parse).toList();
    }
}
