package io.peekgate.dial;

import io.netty.channel.Channel;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.net.Addresses;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Knows this gateway's own connections again when they come back to it, which would go round until nothing is left.
 * {@link AddressGuard} sees to it that none is dialled that leads to an own listener at once; here are those that came
 * by way of a redirect, another name or another host. Each brings back a hello that was sent on moments ago, and
 *
 * <ul>
 *   <li>either it comes out of the very socket that the hello was sent on through, to where that had dialled;
 *   <li>or it comes from another address than the hello came from at first. A client that says one hello often has but
 *       one address, and so is served.
 * </ul>
 *
 * A ring of which every part, and the client, has the same address is not seen.
 *
 * <p>Shared by all event loops, since the kernel gives the connection that comes back to any of them. Both tables are
 * concurrent and of bounded size, and each hello looks up one entry of each.
 */
public final class LoopGuard {
    private final LongSupplier clock;
    private final Recent<ClientRandom, InetSocketAddress> hellos;
    private final Recent<Dial, InetSocketAddress> dials;

    public LoopGuard() {
        this(System::nanoTime);
    }

    LoopGuard(LongSupplier clock) {
        this.clock = clock;
        this.hellos = new Recent<>(clock.getAsLong());
        this.dials = new Recent<>(clock.getAsLong());
    }

    /**
     * Lets a hello go on that is no own one, and remembers where it came from. On the client's event loop.
     *
     * @param original what the client dialled, where that is known already
     * @throws Refusal {@link CloseReason#LOOP}, naming both sockets
     */
    public void admit(ClientRandom hello, Channel client, Optional<InetSocketAddress> original) {
        long now = clock.getAsLong();
        InetSocketAddress source = (InetSocketAddress) client.remoteAddress();
        InetSocketAddress dialled = dials.find(new Dial(source, hello), now);
        if (dialled != null && dialled.equals(original.orElseGet(() -> dialledBy(client)))) {
            throw loop(source, "is this gateway's own connection to " + Addresses.text(dialled));
        }
        InetSocketAddress first = hellos.find(hello, now);
        if (first != null && !first.getAddress().equals(source.getAddress())) {
            throw loop(source, "brings back the hello of " + Addresses.text(first));
        }
        hellos.note(hello, source, now);
    }

    /** Remembers through which connection a hello is sent on; to be called before that is done. */
    public void sends(ClientRandom hello, Channel upstream) {
        Dial dial = new Dial((InetSocketAddress) upstream.localAddress(), hello);
        dials.note(dial, (InetSocketAddress) upstream.remoteAddress(), clock.getAsLong());
    }

    /** A port can be the local end of connections to several servers at once: only the dialled address tells for sure. */
    private static InetSocketAddress dialledBy(Channel client) {
        return OriginalDestination.AUTO.of(client).orElseGet(() -> (InetSocketAddress) client.localAddress());
    }

    private static Refusal loop(InetSocketAddress source, String what) {
        return new Refusal(CloseReason.LOOP, Addresses.text(source) + ' ' + what);
    }

    private record Dial(InetSocketAddress local, ClientRandom hello) {}
}
