package io.peekgate.dial;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.peekgate.net.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The address and port that a client dialled before its connection was led here. A redirect (netfilter's REDIRECT or
 * DNAT) rewrites it, and the kernel remembers what it was; TPROXY leaves it as it is.
 */
public enum OriginalDestination {
    /** It is never asked for. */
    NONE,
    /** It is known of redirected connections. */
    AUTO,
    /** Only redirected connections are wanted. */
    REDIRECT,
    /** Only connections by way of TPROXY are wanted: each one's own address is what its client dialled. */
    TPROXY;

    /** Where the port is in both kinds of sockaddr. */
    private static final int PORT = 2;

    private static final int IPV4 = 4;
    private static final int IPV6 = 8;

    private static final Conntrack CONNTRACK = Conntrack.ofThisMachine();

    /** Whether a connection is to be refused of which this tells nothing. */
    public boolean isDemanded() {
        return this == REDIRECT || this == TPROXY;
    }

    /** What the client dialled; empty if nothing tells, as of a connection that was not redirected. On its event loop. */
    public Optional<InetSocketAddress> of(Channel client) {
        InetSocketAddress here = (InetSocketAddress) client.localAddress();
        return switch (this) {
            case NONE -> Optional.empty();
            // to hear of a connection that it is not remembered costs an exception, ten times as much
            case AUTO -> CONNTRACK.isEmpty() ? Optional.empty() : redirected(client, here);
            case REDIRECT -> redirected(client, here);
            case TPROXY -> Optional.of(here);
        };
    }

    /** The kernel answers for the family of the packets: v4 ones too where they come to an IPv6 socket, as v4-mapped. */
    private static Optional<InetSocketAddress> redirected(Channel client, InetSocketAddress here) {
        Optional<InetSocketAddress> original = here.getAddress() instanceof Inet4Address
                ? asked(client, Transport.ORIGINAL_IPV4, IPV4, 4)
                : asked(client, Transport.ORIGINAL_IPV6, IPV6, 16);
        return original.filter(dialled -> !dialled.equals(here));
    }

    private static Optional<InetSocketAddress> asked(
            Channel client, ChannelOption<ByteBuffer> option, int at, int length) {
        try {
            return Optional.ofNullable(client.config().getOption(option)).map(answer -> read(answer, at, length));
        } catch (ChannelException notTracked) {
            // ENOENT: netfilter knows nothing of this connection; ENOPROTOOPT: it tracks none at all
            return Optional.empty();
        }
    }

    private static InetSocketAddress read(ByteBuffer sockaddr, int at, int length) {
        byte[] address = new byte[length];
        sockaddr.get(at, address);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), sockaddr.getShort(PORT) & 0xffff);
        } catch (UnknownHostException e) {
            throw new AssertionError(length + " bytes are an address", e);
        }
    }
}
