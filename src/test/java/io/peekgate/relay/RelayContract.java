package io.peekgate.relay;

import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every relay must do on every transport, seen from the sockets at both ends: the specification that
 * {@link Relay} has in short. After each test, whatever it did, no channel and no buffer may be left.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class RelayContract
        implements CarryingContract, ClosingContract, BreakingContract, TimingContract, CrowdContract {
    private final Transport transport;
    private final List<Loopback> loopbacks = new ArrayList<>();

    RelayContract(Transport transport) {
        this.transport = transport;
    }

    /** The relay to test. */
    abstract Relay relay(PerLoop<Sweep> sweeps, RelayTimeouts timeouts);

    @Override
    public Loopback loopback(RelayTimeouts timeouts) throws IOException {
        Loopback loopback = new Loopback(transport, this::relay, timeouts);
        loopbacks.add(loopback);
        return loopback;
    }

    @Override
    public boolean hearsResetUnread() {
        return transport != Transport.NIO;
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        for (Loopback loopback : loopbacks) {
            loopback.awaitNothingLeft();
            loopback.close();
        }
    }
}
