package io.peekgate.model;

import java.net.InetAddress;

/** What is to be dialled: a name for our resolver, or an address that the configuration fixed. */
public sealed interface Target {
    /** The port to dial, 1 to 65535. */
    int port();

    /** Whether the rule opens private and special-purpose addresses for this target. */
    boolean allowPrivate();

    /** A name, resolved by us. */
    record Named(ServerName name, int port, boolean allowPrivate) implements Target {}

    /** An address; nothing is resolved. */
    record Fixed(InetAddress address, int port, boolean allowPrivate) implements Target {}
}
