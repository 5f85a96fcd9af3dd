package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.testkit.Hellos;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PeekerRefusalTest extends PeekHarness {
    @Test
    void a_misuse_is_refused_and_what_still_comes_is_discarded() {
        Future<Peeked> peek = peek();
        send(latin1("CONNECT example.com:443 HTTP/1.1\r\n\r\n"));
        send(latin1("more"));

        assertRefused(peek, CloseReason.HTTP_CONNECT, "CONNECT example.com:443");
        assertThat(reads.count).isEqualTo(1);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void a_hello_that_breaks_the_format_is_refused() {
        Future<Peeked> peek = peek();
        send(Hellos.hello().sni("a.example").sni("b.example").wire());

        assertThat(refusal(peek).reason()).isEqualTo(CloseReason.MALFORMED_HELLO);
    }

    @Test
    void without_a_hello_the_deadline_counts_from_accept() {
        Future<Peeked> peek = peek(System.nanoTime() - TIMEOUT.toNanos());
        assertThat(peek.isDone()).isFalse();
        tick();

        assertRefused(peek, CloseReason.HELLO_TIMEOUT, "after 0 bytes");
    }

    @Test
    void bytes_do_not_put_the_deadline_off() {
        Future<Peeked> peek = peek(System.nanoTime() - TIMEOUT.toNanos());
        send(first(HELLO, 20));
        tick();

        assertRefused(peek, CloseReason.HELLO_TIMEOUT, "after 20 bytes");
    }

    @Test
    void before_the_deadline_it_waits() {
        Future<Peeked> peek = peek();
        tick();
        tick();

        assertThat(peek.isDone()).isFalse();
    }

    @Test
    void once_it_is_decided_the_deadline_is_over() {
        Future<Peeked> peek = peek(System.nanoTime() - TIMEOUT.toNanos());
        send(HELLO);
        tick();

        assertThat(peek.isSuccess()).isTrue();
        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @Test
    void once_it_is_decided_nothing_is_watched_any_more() {
        Future<Peeked> peek = peek();
        send(HELLO);
        tick();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @Test
    void an_end_of_input_before_the_whole_hello_means_that_the_client_is_gone() {
        Future<Peeked> peek = peek();
        send(first(HELLO, 20));
        shutDownInput();

        assertRefused(peek, CloseReason.CLIENT_GONE, "after 20 bytes");
    }

    @Test
    void an_end_of_input_after_the_hello_changes_nothing() {
        Future<Peeked> peek = peek();
        send(HELLO);
        shutDownInput();

        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @Test
    void an_unfinished_mistake_is_named_at_the_end_of_input() {
        Future<Peeked> peek = peek();
        send(latin1("CONNECT example.com:443 HTTP/1.1\r\n"));
        assertThat(peek.isDone()).isFalse();
        shutDownInput();

        assertRefused(peek, CloseReason.HTTP_CONNECT, "CONNECT example.com:443");
    }

    @Test
    void an_unfinished_mistake_is_named_at_the_deadline() {
        Future<Peeked> peek = peek(System.nanoTime() - TIMEOUT.toNanos());
        send(latin1("GET / HTTP/1.1\r\nHost: example.com\r\n"));
        tick();

        assertRefused(peek, CloseReason.HTTP_PLAIN, "GET example.com");
    }

    @Test
    void a_close_before_the_hello_means_that_the_client_is_gone() {
        Future<Peeked> peek = peek();
        send(first(HELLO, 20));
        channel.close();

        assertRefused(peek, CloseReason.CLIENT_GONE, "after 20 bytes");
    }

    @Test
    void a_reset_before_the_hello_means_that_the_client_is_gone() {
        Future<Peeked> peek = peek();
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertRefused(peek, CloseReason.CLIENT_GONE, "after 0 bytes");
    }

    @Test
    void a_reset_after_the_hello_is_left_for_the_relay() {
        Future<Peeked> peek = peek();
        send(HELLO);
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @Test
    void a_channel_that_has_closed_already_means_that_the_client_is_gone() {
        channel.close();

        assertRefused(peek(), CloseReason.CLIENT_GONE, "after 0 bytes");
        assertThat(reads.count).isZero();
    }

    @Test
    void an_unexpected_failure_is_internal_and_shown_printable() {
        Future<Peeked> peek = peek();
        channel.pipeline().fireExceptionCaught(new IllegalStateException("odd\n"));

        assertRefused(peek, CloseReason.INTERNAL, "java.lang.IllegalStateException: odd\\x0a");
    }

    @Test
    void late_events_after_a_refusal_are_harmless() {
        Future<Peeked> peek = peek();
        send(latin1("SSH-2.0-x\r\n"));
        shutDownInput();
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        tick();
        channel.close();

        assertRefused(peek, CloseReason.SSH, "");
    }
}
