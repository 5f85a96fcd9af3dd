package io.peekgate.dial;

import io.peekgate.model.Refusal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What came of one question: addresses, or why there are none. A failure is a value here and no exception, since it is
 * remembered and shared like any other answer.
 *
 * @param addresses of one family, in the server's order; empty if it is a refusal
 * @param goodUntil {@link System#nanoTime()} at which it is forgotten
 */
record DnsAnswer(List<InetAddress> addresses, Optional<Refusal> refusal, long goodUntil) {
    boolean isFresh() {
        return goodUntil - System.nanoTime() > 0;
    }
}
