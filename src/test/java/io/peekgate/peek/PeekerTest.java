package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.after;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.testkit.Hellos;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PeekerTest {
    private static final int CAP = 32 * 1024;
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final byte[] HELLO = Hellos.hello().sni("www.example.com").wire(30);

    private final ReadCounter reads = new ReadCounter();
    private final EmbeddedChannel channel = new EmbeddedChannel(reads);
    private final List<ByteBuf> sent = new ArrayList<>();

    @BeforeEach
    void turn_auto_read_off() {
        channel.config().setAutoRead(false);
        reads.count = 0;
    }

    @AfterEach
    void close_and_look_for_leaks() {
        channel.finishAndReleaseAll();
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 0);
        channel.checkException();
    }

    @Test
    void a_whole_hello_is_accepted_and_all_bytes_are_handed_over() {
        Future<Peeked> peek = peek();
        send(HELLO);

        assertThat(peek.getNow().hello().serverName()).hasValue(ServerName.of("www.example.com"));
        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @FieldSource("io.peekgate.testkit.Hellos#CAPTURED")
    void a_real_hello_is_accepted_byte_by_byte(String client) {
        byte[] hello = Hellos.captured(client);
        Future<Peeked> peek = peek();
        for (int i = 0; i < hello.length; i++) {
            assertThat(peek.isDone()).isFalse();
            send(hello[i]);
        }

        assertThat(peek.isSuccess()).isTrue();
        assertThat(taken(peek)).isEqualTo(hello);
    }

    @Test
    void it_reads_until_it_is_decided_and_then_no_more() {
        Future<Peeked> peek = peek();
        assertThat(reads.count).isEqualTo(1);
        send(first(HELLO, 20));
        assertThat(reads.count).isEqualTo(2);
        send(after(HELLO, 20));
        assertThat(reads.count).isEqualTo(2);

        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @Test
    void a_read_that_brings_nothing_is_asked_for_again() {
        peek();
        channel.pipeline().fireChannelReadComplete();

        assertThat(reads.count).isEqualTo(2);
    }

    @Test
    void bytes_after_the_hello_are_kept_whether_they_come_with_it_or_later() {
        byte[] early = Hellos.record(23, latin1("early data"));
        Future<Peeked> peek = peek();
        send(HELLO, early);
        send(latin1("and more"));

        assertThat(taken(peek)).isEqualTo(join(HELLO, early, latin1("and more")));
    }

    @Test
    void after_the_take_the_handler_is_gone_and_there_is_nothing_to_take_again() {
        Future<Peeked> peek = peek();
        send(HELLO);
        taken(peek);

        assertThat(channel.pipeline().names()).doesNotContain("Peeker$Peek#0");
        assertThat(taken(peek)).isEmpty();
        channel.writeInbound(Unpooled.wrappedBuffer(latin1("for the relay")));
        ByteBuf passed = channel.readInbound();
        assertThat(passed.readableBytes()).isEqualTo(13);
        passed.release();
    }

    @Test
    void bytes_that_nobody_took_are_released_at_the_close() {
        Future<Peeked> peek = peek();
        send(HELLO);
        channel.close();

        assertThat(taken(peek)).isEmpty();
        assertThat(peek.isSuccess()).isTrue();
    }

    @Test
    void they_can_be_taken_within_the_callback() {
        List<byte[]> taken = new ArrayList<>();
        peek().addListener((Future<Peeked> peek) -> taken.add(taken(peek)));
        send(HELLO);

        assertThat(taken).containsExactly(HELLO);
    }

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

    private Future<Peeked> peek() {
        return peek(System.nanoTime());
    }

    private Future<Peeked> peek(long acceptedAt) {
        PerLoop<Sweep> sweeps = new PerLoop<>(channel.eventLoop(), loop -> new Sweep(loop, TICK));
        return new Peeker(sweeps, TIMEOUT, CAP, true).peek(channel, acceptedAt);
    }

    private void send(byte... bytes) {
        ByteBuf buffer = channel.alloc().buffer().writeBytes(bytes);
        sent.add(buffer);
        channel.writeInbound(buffer);
    }

    private void send(byte[] bytes, byte[] more) {
        send(join(bytes, more));
    }

    private void shutDownInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    private void tick() {
        channel.advanceTimeBy(TICK, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private static byte[] taken(Future<Peeked> peek) {
        ByteBuf bytes = peek.getNow().take();
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    private static Refusal refusal(Future<Peeked> peek) {
        assertThat(peek.cause()).isInstanceOf(Refusal.class);
        return (Refusal) peek.cause();
    }

    private static void assertRefused(Future<Peeked> peek, CloseReason reason, String detail) {
        assertThat(refusal(peek).reason()).isEqualTo(reason);
        assertThat(refusal(peek).detail()).isEqualTo(detail);
    }

    private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext context) {
            count++;
            context.read();
        }
    }
}
