package io.peekgate.relay;

import io.peekgate.model.CloseReason;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a relay may last; zero means for ever, none may be negative.
 *
 * @param idle without a byte moving either way
 * @param halfClosed without a byte moving, after one side's FIN
 * @param maxDuration from the start, whatever moves
 */
public record RelayTimeouts(Duration idle, Duration halfClosed, Duration maxDuration) {

    /**
     * Which of them is over, if one is; the most specific, if more are.
     *
     * @param age nanoseconds since the start
     * @param quiet nanoseconds since the last byte or FIN
     * @param oneEnded whether one side's FIN has come
     */
    Optional<CloseReason> over(long age, long quiet, boolean oneEnded) {
        if (reached(age, maxDuration)) {
            return Optional.of(CloseReason.MAX_DURATION);
        }
        if (oneEnded && reached(quiet, halfClosed)) {
            return Optional.of(CloseReason.HALF_CLOSED_IDLE);
        }
        return reached(quiet, idle) ? Optional.of(CloseReason.IDLE) : Optional.empty();
    }

    private static boolean reached(long nanos, Duration limit) {
        return !limit.isZero() && Duration.ofNanos(nanos).compareTo(limit) >= 0;
    }
}
