package io.peekgate.dial;

import io.netty.channel.EventLoopGroup;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The transports that this machine has, and what their loops need. */
final class Transports {
    private Transports() {}

    static Stream<Transport> available() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    /** A sweep for each loop, quick enough for tests. */
    static PerLoop<Sweep> sweeps(EventLoopGroup loops) {
        return new PerLoop<>(loops, loop -> new Sweep(loop, TimeUnit.MILLISECONDS.toNanos(10)));
    }
}
