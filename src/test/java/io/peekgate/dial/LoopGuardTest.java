package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With channels that only have addresses, and a clock that the test moves. */
class LoopGuardTest {
    private static final ClientRandom HELLO = new ClientRandom(1, 2, 3, 4);
    private static final ClientRandom OTHER = new ClientRandom(1, 2, 3, 5);
    private static final InetSocketAddress LISTENER = new InetSocketAddress("10.0.0.1", 8443);
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 443);
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.2", 443);

    private long now = -5;
    private final LoopGuard guard = new LoopGuard(() -> now);

    @Test
    void a_hello_from_another_address_while_it_is_in_flight_is_a_loop_that_names_both_sockets() {
        guard.admit(HELLO, from("10.0.0.9:1000"), Optional.empty());

        assertLoop(HELLO, "10.0.0.7:2000", Optional.empty(), "10.0.0.7:2000 brings back the hello of 10.0.0.9:1000");
        assertPasses(OTHER, "10.0.0.7:2000", Optional.empty());
        assertPasses(HELLO, "10.0.0.9:1001", Optional.empty());
    }

    @Test
    void a_hello_is_forgotten_after_some_seconds() {
        guard.admit(HELLO, from("10.0.0.9:1000"), Optional.empty());
        pass(Recent.SECONDS);
        assertLoop(HELLO, "10.0.0.7:2000", Optional.empty(), "brings back");
        pass(Recent.SECONDS);
        assertPasses(HELLO, "10.0.0.7:2000", Optional.empty());
    }

    @Test
    void the_socket_that_a_hello_was_sent_on_through_is_a_loop_if_it_comes_from_where_that_had_dialled() {
        guard.admit(HELLO, from("10.0.0.1:4999"), Optional.empty()).sends(between("10.0.0.1:5000", SERVER));

        assertLoop(
                HELLO,
                "10.0.0.1:5000",
                Optional.of(SERVER),
                "10.0.0.1:5000 is this gateway's own connection to 192.0.2.1:443");
        assertPasses(HELLO, "10.0.0.1:5000", Optional.of(ELSEWHERE));
        assertPasses(HELLO, "10.0.0.1:5001", Optional.of(SERVER));
        assertPasses(OTHER, "10.0.0.1:5000", Optional.of(SERVER));
    }

    @Test
    void where_nothing_was_redirected_the_own_address_is_what_was_dialled() {
        guard.admit(HELLO, from("10.0.0.1:4999"), Optional.empty()).sends(between("10.0.0.1:5000", LISTENER));
        assertLoop(HELLO, "10.0.0.1:5000", Optional.empty(), "own connection to 10.0.0.1:8443");
    }

    @Test
    void a_hello_that_is_said_again_is_remembered_from_then_on() {
        guard.admit(HELLO, from("10.0.0.9:1000"), Optional.empty());
        pass(Recent.SECONDS);
        guard.admit(HELLO, from("10.0.0.9:1001"), Optional.empty());
        pass(Recent.SECONDS);
        assertLoop(HELLO, "10.0.0.7:2000", Optional.empty(), "brings back the hello of 10.0.0.9:1000");
    }

    @Test
    void a_hello_that_has_landed_is_forgotten_at_once_with_the_socket_it_was_sent_on_through() {
        LoopGuard.Flight flight = guard.admit(HELLO, from("10.0.0.9:1000"), Optional.empty());
        flight.sends(between("10.0.0.1:5000", SERVER));
        flight.land();
        assertPasses(HELLO, "10.0.0.1:5000", Optional.of(SERVER));
    }

    @Test
    void a_hello_that_is_said_twice_is_in_flight_until_both_have_landed() {
        LoopGuard.Flight one = guard.admit(HELLO, from("10.0.0.9:1000"), Optional.empty());
        LoopGuard.Flight two = guard.admit(HELLO, from("10.0.0.9:1001"), Optional.empty());
        one.land();
        assertLoop(HELLO, "10.0.0.7:2000", Optional.empty(), "brings back the hello of 10.0.0.9:1000");
        two.land();
        assertPasses(HELLO, "10.0.0.7:2000", Optional.empty());
    }

    private void assertLoop(ClientRandom hello, String source, Optional<InetSocketAddress> original, String detail) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> guard.admit(hello, from(source), original))
                .satisfies(no -> {
                    assertThat(no.reason()).isEqualTo(CloseReason.LOOP);
                    assertThat(no.detail()).contains(detail);
                });
    }

    private void assertPasses(ClientRandom hello, String source, Optional<InetSocketAddress> original) {
        assertThatCode(() -> guard.admit(hello, from(source), original)).doesNotThrowAnyException();
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Channel from(String source) {
        return new Addressed(LISTENER, socket(source));
    }

    private static Channel between(String local, InetSocketAddress remote) {
        return new Addressed(socket(local), remote);
    }

    private static InetSocketAddress socket(String text) {
        int colon = text.indexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static final class Addressed extends EmbeddedChannel {
        private final InetSocketAddress local;
        private final InetSocketAddress remote;

        Addressed(InetSocketAddress local, InetSocketAddress remote) {
            this.local = local;
            this.remote = remote;
        }

        @Override
        public SocketAddress localAddress() {
            return local;
        }

        @Override
        public SocketAddress remoteAddress() {
            return remote;
        }
    }
}
