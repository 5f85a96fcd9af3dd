package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.after;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import io.peekgate.model.ServerName;
import io.peekgate.testkit.Hellos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PeekerTest extends PeekHarness {
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
    void a_connection_that_breaks_while_its_bytes_are_held_is_told_of() {
        Future<Peeked> peek = peek();
        send(HELLO);
        shutDownInput();
        assertThat(peek.getNow().broken().isDone()).isFalse();
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        assertThat(peek.getNow().broken().isDone()).isTrue();
        assertThat(taken(peek)).isEqualTo(HELLO);
    }

    @Test
    void a_channel_that_closes_while_its_bytes_are_held_is_broken() {
        Future<Peeked> peek = peek();
        send(HELLO);
        channel.close();
        assertThat(peek.getNow().broken().isDone()).isTrue();
    }
}
