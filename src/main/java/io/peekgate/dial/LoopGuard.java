package io.peekgate.dial;

import io.netty.channel.Channel;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.net.Addresses;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
 * concurrent and of bounded size, and each hello looks up one entry of each. They hold what is in flight: a session
 * takes its entries out at its end, or else they fall out after some seconds, when nothing comes back any more.
 */
public final class LoopGuard {
    private final LongSupplier clock;
    private final Recent<ClientRandom, Origin> hellos;
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
     * @return to be told what becomes of the hello
     * @throws Refusal {@link CloseReason#LOOP}, naming both sockets
     */
    public Flight admit(ClientRandom hello, Channel client, Optional<InetSocketAddress> original) {
        long now = clock.getAsLong();
        InetSocketAddress source = (InetSocketAddress) client.remoteAddress();
        InetSocketAddress dialled = dials.find(new Dial(source, hello), now);
        if (dialled != null && dialled.equals(original.orElseGet(() -> dialledBy(client)))) {
            throw loop(source, "is this gateway's own connection to " + Addresses.text(dialled));
        }
        Origin known = hellos.find(hello, now);
        if (known != null && !known.first.getAddress().equals(source.getAddress())) {
            throw loop(source, "brings back the hello of " + Addresses.text(known.first));
        }
        Origin origin = known != null && known.join() ? known : new Origin(source);
        hellos.note(hello, origin, now);
        return new Flight(hello, origin);
    }

    /** A port can be the local end of connections to several servers at once: only the dialled address tells for sure. */
    private static InetSocketAddress dialledBy(Channel client) {
        return OriginalDestination.AUTO.of(client).orElseGet(() -> (InetSocketAddress) client.localAddress());
    }

    private static Refusal loop(InetSocketAddress source, String what) {
        return new Refusal(CloseReason.LOOP, Addresses.text(source) + ' ' + what);
    }

    /** One session's hello on its way. */
    public final class Flight {
        private final ClientRandom hello;
        private final Origin origin;
        private Dial dial;
        private InetSocketAddress dialled;

        private Flight(ClientRandom hello, Origin origin) {
            this.hello = hello;
            this.origin = origin;
        }

        /** Remembers through which connection the hello is sent on; to be called before that is done. */
        public void sends(Channel upstream) {
            dial = new Dial((InetSocketAddress) upstream.localAddress(), hello);
            dialled = (InetSocketAddress) upstream.remoteAddress();
            dials.note(dial, dialled, clock.getAsLong());
        }

        /** The session is over. */
        public void land() {
            if (origin.leave()) {
                hellos.forget(hello, origin);
            }
            if (dial != null) {
                dials.forget(dial, dialled);
            }
        }
    }

    /** Where a hello came from at first, and how many sessions it is in flight for: a client may repeat it. */
    private static final class Origin {
        private final InetSocketAddress first;
        private final AtomicInteger flights = new AtomicInteger(1);

        Origin(InetSocketAddress first) {
            this.first = first;
        }

        /** False if the last one has left. */
        boolean join() {
            return flights.getAndUpdate(held -> held == 0 ? 0 : held + 1) > 0;
        }

        /** Whether this was the last one. */
        boolean leave() {
            return flights.decrementAndGet() == 0;
        }
    }

    private record Dial(InetSocketAddress local, ClientRandom hello) {}
}
