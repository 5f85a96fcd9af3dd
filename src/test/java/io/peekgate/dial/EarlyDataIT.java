package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.FutureListener;
import io.peekgate.net.SocketMark;
import io.peekgate.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.peekgate.dial.Transports#available")
class EarlyDataIT {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Transport transport;
    private final EventLoopGroup loops;
    private final EventLoop loop;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    EarlyDataIT(Transport transport) throws IOException {
        this.transport = transport;
        this.loops = transport.loops(1);
        this.loop = loops.next();
    }

    @AfterEach
    void close() throws IOException {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        server.close();
    }

    @Test
    void what_the_server_sends_before_the_relay_starts_is_not_lost() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CompletableFuture<String> heard = new CompletableFuture<>();

        loop.execute(() -> {
            new HappyEyeballs(transport, SocketMark.NONE, Transports.sweeps(loops), LONG, LONG)
                    .connect(loop, List.of(server.getInetAddress()), server.getLocalPort())
                    .addListener((FutureListener<Channel>) race -> {
                        race.getNow().pipeline().addLast(new Listener(heard));
                        race.getNow().read();
                    });
            // the loop stands still until the greeting and the FIN are there: all of it comes as one event
            loop.execute(() -> awaitUninterruptibly(sent));
        });
        Socket accepted = server.accept();
        accepted.getOutputStream().write("220 hello".getBytes(StandardCharsets.US_ASCII));
        accepted.close();
        sent.countDown();

        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("220 hello");
    }

    private static final class Listener extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> whole;

        Listener(CompletableFuture<String> whole) {
            this.whole = whole;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            text.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
            ctx.read();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                whole.complete(text.toString());
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
