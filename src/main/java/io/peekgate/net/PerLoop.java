package io.peekgate.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.IdentityHashMap;
import java.util.function.Function;

/**
 * One {@code T} for each event loop of a group, made beforehand: state that only its own loop touches, so that it needs
 * no lock.
 */
public final class PerLoop<T> {
    private final IdentityHashMap<EventExecutor, T> values = new IdentityHashMap<>();

    public PerLoop(EventLoopGroup loops, Function<EventLoop, T> factory) {
        for (EventExecutor loop : loops) {
            values.put(loop, factory.apply((EventLoop) loop));
        }
    }

    private PerLoop() {}

    /** Something else for each of the same loops, made from what this has for it. */
    public <U> PerLoop<U> map(Function<T, U> factory) {
        PerLoop<U> mapped = new PerLoop<>();
        values.forEach((loop, value) -> mapped.values.put(loop, factory.apply(value)));
        return mapped;
    }

    /** The one of this loop, which must be of the group. */
    public T of(EventLoop loop) {
        return values.get(loop);
    }

    /** All of them, for shutting down. */
    public Iterable<T> all() {
        return values.values();
    }
}
