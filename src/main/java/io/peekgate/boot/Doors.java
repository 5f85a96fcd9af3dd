package io.peekgate.boot;

import io.netty.channel.EventLoopGroup;
import io.peekgate.config.ListenerConfig;
import io.peekgate.net.Transport;
import io.peekgate.server.Entrance;
import io.peekgate.server.Listener;
import io.peekgate.server.Reception;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The listeners of one configuration, in its order. Those of the next take over the sockets that are still wanted. */
final class Doors {
    private final Transport transport;
    private final EventLoopGroup loops;
    private final List<Door> doors;

    private record Door(ListenerConfig config, Entrance entrance, Listener listener) {
        /** Whether this socket will do for that listener, whatever else has changed about it. */
        boolean serves(ListenerConfig wanted) {
            return config.bind().equals(wanted.bind())
                    && config.backlog() == wanted.backlog()
                    && config.reusePort() == wanted.reusePort()
                    && isTransparent(config) == isTransparent(wanted);
        }
    }

    private Doors(Transport transport, EventLoopGroup loops, List<Door> doors) {
        this.transport = transport;
        this.loops = loops;
        this.doors = doors;
    }

    static Doors none(Transport transport, EventLoopGroup loops) {
        return new Doors(transport, loops, List.of());
    }

    /**
     * Binds what is missing for these listeners; nothing new is accepted yet. Blocks until then.
     *
     * @throws UnavailableException if a capture cannot be had
     * @throws BindFailure if an address cannot be had; then nothing was bound
     */
    Doors with(List<ListenerConfig> listeners) {
        List<Door> old = new ArrayList<>(doors);
        Doors next = new Doors(transport, loops, new ArrayList<>());
        try {
            for (ListenerConfig listener : listeners) {
                Optional<Door> kept =
                        old.stream().filter(door -> door.serves(listener)).findFirst();
                kept.ifPresent(old::remove);
                Entrance entrance = Settings.entrance(listener);
                next.doors.add(
                        new Door(listener, entrance, kept.map(Door::listener).orElseGet(() -> bind(listener))));
            }
            return next;
        } catch (Throwable e) {
            next.closeAllBut(this);
            throw e;
        }
    }

    private Listener bind(ListenerConfig listener) {
        Settings.checkCapture(listener, transport);
        try {
            return Listener.bind(
                    transport,
                    loops,
                    listener.bind(),
                    listener.backlog(),
                    listener.reusePort(),
                    isTransparent(listener));
        } catch (Exception e) {
            throw new BindFailure(listener, e);
        }
    }

    private static boolean isTransparent(ListenerConfig listener) {
        return listener.capture() == ListenerConfig.Capture.TPROXY;
    }

    /** Where each is bound. */
    List<InetSocketAddress> addresses() {
        return doors.stream().map(door -> door.listener().address()).toList();
    }

    /** Leads those who come in from now on to this reception. */
    void open(Reception reception) {
        doors.forEach(door -> door.listener().open(reception.at(door.entrance())));
    }

    void close() {
        doors.forEach(door -> door.listener().close());
    }

    void closeAllBut(Doors kept) {
        List<Listener> staying = kept.doors.stream().map(Door::listener).toList();
        doors.stream()
                .map(Door::listener)
                .filter(listener -> !staying.contains(listener))
                .forEach(Listener::close);
    }
}
