package io.peekgate.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** What is to be dialled: a name for our resolver, an address that is fixed, or the choice between the two. */
public sealed interface Target {
    /** The port to dial, 1 to 65535. */
    int port();

    /** Whether the rule opens private and special-purpose addresses for this target. */
    boolean allowPrivate();

    /** Whether nothing can be dialled before our resolver has answered. */
    default boolean needsAnswer() {
        return true;
    }

    /**
     * Whether the client dialled another address than our resolver has for the name it sent.
     *
     * @param resolved the resolver's answer; empty if there is none, with which nothing can differ
     */
    default boolean mismatches(List<InetAddress> resolved) {
        return false;
    }

    /**
     * The addresses to try, in this order.
     *
     * @param resolved the resolver's answer; empty only if none is needed
     * @throws Refusal {@link CloseReason#DESTINATION_MISMATCH}
     */
    default List<InetAddress> candidates(List<InetAddress> resolved) {
        return resolved;
    }

    /** A name, resolved by us. */
    record Named(ServerName name, int port, boolean allowPrivate) implements Target {}

    /** An address; nothing is resolved. */
    record Fixed(InetAddress address, int port, boolean allowPrivate) implements Target {}

    /** The name that the client sent and the address that it dialled, of which the destination mode chooses. */
    record Dialled(ServerName name, InetSocketAddress original, Destination destination, boolean allowPrivate)
            implements Target {
        @Override
        public int port() {
            return original.getPort();
        }

        @Override
        public boolean needsAnswer() {
            return destination != Destination.ORIGINAL;
        }

        @Override
        public boolean mismatches(List<InetAddress> resolved) {
            return !resolved.isEmpty() && !resolved.contains(original.getAddress());
        }

        @Override
        public List<InetAddress> candidates(List<InetAddress> resolved) {
            return switch (destination) {
                case RESOLVE -> resolved;
                case ORIGINAL -> clients();
                case ORIGINAL_IF_RESOLVED -> mismatches(resolved) ? resolved : clients();
                case STRICT -> matching(resolved);
            };
        }

        private List<InetAddress> matching(List<InetAddress> resolved) {
            if (mismatches(resolved)) {
                throw new Refusal(
                        CloseReason.DESTINATION_MISMATCH,
                        "the client dialled " + original.getAddress().getHostAddress());
            }
            return clients();
        }

        private List<InetAddress> clients() {
            return List.of(original.getAddress());
        }
    }
}
