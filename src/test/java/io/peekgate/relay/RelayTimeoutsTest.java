package io.peekgate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayTimeoutsTest {
    private static final RelayTimeouts ALL =
            new RelayTimeouts(Duration.ofNanos(100), Duration.ofNanos(10), Duration.ofNanos(1000));

    @Test
    void nothing_is_over_before_its_time() {
        assertThat(ALL.over(999, 99, false)).isEmpty();
        assertThat(ALL.over(999, 9, true)).isEmpty();
    }

    @Test
    void each_is_over_at_its_time() {
        assertThat(ALL.over(999, 100, false)).contains(CloseReason.IDLE);
        assertThat(ALL.over(999, 10, true)).contains(CloseReason.HALF_CLOSED_IDLE);
        assertThat(ALL.over(1000, 0, false)).contains(CloseReason.MAX_DURATION);
    }

    @Test
    void idle_holds_for_a_half_closed_relay_too() {
        RelayTimeouts timeouts = new RelayTimeouts(Duration.ofNanos(100), Duration.ZERO, Duration.ZERO);
        assertThat(timeouts.over(100, 100, true)).contains(CloseReason.IDLE);
    }

    @Test
    void zero_is_for_ever() {
        assertThat(Loopback.PATIENT.over(Long.MAX_VALUE, Long.MAX_VALUE, true)).isEmpty();
    }
}
