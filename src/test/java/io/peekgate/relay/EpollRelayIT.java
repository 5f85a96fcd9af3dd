package io.peekgate.relay;

import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for {@link EpollRelay}, with splice and without. */
@ParameterizedClass(name = "splices: {0}")
@MethodSource("ways")
class EpollRelayIT extends RelayContract {
    private final boolean splices;

    EpollRelayIT(boolean splices) {
        super(Transport.EPOLL);
        this.splices = splices;
    }

    static Stream<Boolean> ways() {
        return Transport.EPOLL.isAvailable() ? Stream.of(true, false) : Stream.of();
    }

    @Override
    Relay relay(PerLoop<Sweep> sweeps, RelayTimeouts timeouts) {
        return new EpollRelay(sweeps, timeouts, splices);
    }
}
