package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.testkit.Hellos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A peek on an embedded channel, which must not leak whatever came of it. */
abstract class PeekHarness {
    private static final int CAP = 32 * 1024;
    static final Duration TIMEOUT = Duration.ofHours(1);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
    static final byte[] HELLO = Hellos.hello().sni("www.example.com").wire(30);

    final ReadCounter reads = new ReadCounter();
    final EmbeddedChannel channel = new EmbeddedChannel(reads);
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

    Future<Peeked> peek() {
        return peek(System.nanoTime());
    }

    Future<Peeked> peek(long acceptedAt) {
        PerLoop<Sweep> sweeps = new PerLoop<>(channel.eventLoop(), loop -> new Sweep(loop, TICK));
        return new Peeker(sweeps, TIMEOUT, CAP, true).peek(channel, acceptedAt);
    }

    void send(byte... bytes) {
        ByteBuf buffer = channel.alloc().buffer().writeBytes(bytes);
        sent.add(buffer);
        channel.writeInbound(buffer);
    }

    void send(byte[] bytes, byte[] more) {
        send(join(bytes, more));
    }

    void shutDownInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    void tick() {
        channel.advanceTimeBy(TICK, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    static byte[] taken(Future<Peeked> peek) {
        ByteBuf bytes = peek.getNow().take();
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    static Refusal refusal(Future<Peeked> peek) {
        assertThat(peek.cause()).isInstanceOf(Refusal.class);
        return (Refusal) peek.cause();
    }

    static void assertRefused(Future<Peeked> peek, CloseReason reason, String detail) {
        assertThat(refusal(peek).reason()).isEqualTo(reason);
        assertThat(refusal(peek).detail()).isEqualTo(detail);
    }

    static final class ReadCounter extends ChannelOutboundHandlerAdapter {
        int count;

        @Override
        public void read(ChannelHandlerContext context) {
            count++;
            context.read();
        }
    }
}
