package io.peekgate.dial;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import io.peekgate.dial.SpecialPurpose.Block;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges what is about to be dialled, after DNS, so that no name can lead to where its asker must not go. An address
 * passes if it is no own listener, and either allowed or not denied; and if what it holds ({@link EmbeddedIpv4}) passes
 * too. Immutable, and safe for use by many threads.
 */
public final class AddressGuard {
    private final OwnSockets ownSockets;
    private final BlockTable allowed = new BlockTable();
    /** What was written out, which {@code allowPrivate} leaves closed. */
    private final BlockTable denied = new BlockTable();
    /** What the words and deny-self stand for, which {@code allowPrivate} opens. */
    private final BlockTable inside = new BlockTable();

    /**
     * In {@code deny} and {@code allow} stand addresses, CIDRs, and the words {@code special-purpose}, {@code private}
     * (RFC 1918 and RFC 4193), {@code loopback} and {@code any}; what is in both is allowed.
     *
     * @param denySelf whether {@code ownAddresses} are denied, unless allowed
     * @param listeners bound sockets of this gateway, which are never dialled, whatever is allowed
     * @param ownAddresses this machine's, such as {@link #interfaceAddresses()}; what it gains later is not noticed
     * @throws IllegalArgumentException if an entry is none of these
     */
    public AddressGuard(
            List<String> deny,
            List<String> allow,
            boolean denySelf,
            Collection<InetSocketAddress> listeners,
            Collection<InetAddress> ownAddresses) {
        ownSockets = new OwnSockets(listeners, ownAddresses);
        deny.forEach(entry -> add(entry, denied, inside, "destinations.deny"));
        allow.forEach(entry -> add(entry, allowed, allowed, "destinations.allow"));
        if (denySelf) {
            ownAddresses.forEach(own -> inside.add(new Block(BlockTable.of(own), "this machine")));
        }
    }

    /** The addresses of all network interfaces as they are now. */
    public static List<InetAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether one of this gateway's listeners is reached there. */
    public boolean isOwnListener(InetSocketAddress address) {
        return ownSockets.contains(BlockTable.of(address.getAddress()), address.getPort());
    }

    /**
     * Those that may be dialled: the same objects in the same order, at least one.
     *
     * @param port that would be dialled
     * @param allowPrivate opens what the words in {@code deny} and deny-self close, not what is denied by CIDR or
     *     {@code any}
     * @throws Refusal if none may be: {@code LOOP} if one is an own listener, else {@code DESTINATION_DENIED}
     */
    public List<InetAddress> admit(List<InetAddress> candidates, int port, boolean allowPrivate) {
        List<InetAddress> admitted = candidates.stream()
                .filter(candidate ->
                        judge(BlockTable.of(candidate), port, allowPrivate).isEmpty())
                .toList();
        if (admitted.isEmpty()) {
            throw refusal(candidates, port, allowPrivate);
        }
        return admitted;
    }

    private Refusal refusal(List<InetAddress> candidates, int port, boolean allowPrivate) {
        List<Objection> objections = candidates.stream()
                .flatMap(candidate -> judge(BlockTable.of(candidate), port, allowPrivate).stream())
                .toList();
        boolean loop = objections.stream().anyMatch(Objection::loop);
        return new Refusal(
                loop ? CloseReason.LOOP : CloseReason.DESTINATION_DENIED,
                objections.stream().map(Objection::text).collect(Collectors.joining(", ")));
    }

    private Optional<Objection> judge(IPAddress address, int port, boolean allowPrivate) {
        Optional<Objection> objection = judgeItself(address, port, allowPrivate);
        if (objection.isPresent() || address.isIPv4()) {
            return objection;
        }
        for (IPv4Address held : EmbeddedIpv4.of(address.toIPv6())) {
            objection = judgeItself(held, port, allowPrivate).map(inner -> inner.heldBy(address));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<Objection> judgeItself(IPAddress address, int port, boolean allowPrivate) {
        if (ownSockets.contains(address, port)) {
            return Optional.of(new Objection(true, address + " port " + port + " is this gateway's own listener"));
        }
        return closing(address, allowPrivate)
                .filter(block -> allowed.find(address).isEmpty())
                .map(block -> new Objection(false, address + " is " + block));
    }

    private Optional<Block> closing(IPAddress address, boolean allowPrivate) {
        Optional<Block> block = denied.find(address);
        return block.isPresent() || allowPrivate ? block : inside.find(address);
    }

    private static void add(String entry, BlockTable cidrs, BlockTable words, String purpose) {
        List<Block> named = SpecialPurpose.named(entry);
        if (named != null) {
            words.addAll(named);
        } else if (entry.equals("any")) {
            List.of("0.0.0.0/0", "::/0").forEach(all -> add(all, cidrs, words, purpose));
        } else {
            cidrs.add(new Block(BlockTable.parse(entry), purpose));
        }
    }

    private record Objection(boolean loop, String text) {
        Objection heldBy(IPAddress outer) {
            return new Objection(loop, outer + " holds IPv4: " + text);
        }
    }
}
