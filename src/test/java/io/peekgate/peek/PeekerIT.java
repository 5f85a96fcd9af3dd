package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.after;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.net.PerLoop;
import io.peekgate.net.Sweep;
import io.peekgate.net.Transport;
import io.peekgate.testkit.Hellos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On real sockets, with every transport of the machine. */
class PeekerIT {
    private static final byte[] HELLO = Hellos.captured("chromium");

    private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
    private final CompletableFuture<Object> outcome = new CompletableFuture<>();
    private EventLoopGroup loops;

    static Stream<Transport> transports() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_hello_in_two_segments_with_its_end_right_behind_is_served(Transport transport) throws Exception {
        try (Socket client = connect(transport, Duration.ofMinutes(1))) {
            client.getOutputStream().write(first(HELLO, 1448));
            client.getOutputStream().write(join(after(HELLO, 1448), latin1("early")));
            client.shutdownOutput();

            Peeked peeked = (Peeked) outcome.get(10, TimeUnit.SECONDS);
            assertThat(peeked.hello().serverName()).hasToString("Optional[www.example.com]");
            assertThat(taken(peeked)).startsWith(HELLO);
            assertThat(accepted.get().isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void an_end_of_input_without_a_hello_is_client_gone(Transport transport) throws Exception {
        try (Socket client = connect(transport, Duration.ofMinutes(1))) {
            client.getOutputStream().write(first(HELLO, 100));
            client.shutdownOutput();

            assertThat(refusal().reason()).isEqualTo(CloseReason.CLIENT_GONE);
            assertThat(refusal().detail()).isEqualTo("after 100 bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_without_a_hello_is_client_gone(Transport transport) throws Exception {
        try (Socket client = connect(transport, Duration.ofMinutes(1))) {
            accepted.get(10, TimeUnit.SECONDS);
            client.setSoLinger(true, 0);
        }

        assertThat(refusal().reason()).isEqualTo(CloseReason.CLIENT_GONE);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void silence_is_a_timeout(Transport transport) throws Exception {
        try (Socket client = connect(transport, Duration.ofMillis(50))) {
            assertThat(refusal().reason()).isEqualTo(CloseReason.HELLO_TIMEOUT);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_mistake_is_named(Transport transport) throws Exception {
        try (Socket client = connect(transport, Duration.ofMinutes(1))) {
            client.getOutputStream().write(latin1("CONNECT example.com:443 HTTP/1.1\r\n\r\n"));

            assertThat(refusal().reason()).isEqualTo(CloseReason.HTTP_CONNECT);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_close_before_the_take_leaves_nothing_to_take(Transport transport) throws Exception {
        try (Socket client = connect(transport, Duration.ofMinutes(1))) {
            client.getOutputStream().write(HELLO);
            Peeked peeked = (Peeked) outcome.get(10, TimeUnit.SECONDS);
            accepted.get().close().syncUninterruptibly();

            await().until(() -> accepted.get().pipeline().names().size() <= 1);
            assertThat(taken(peeked)).isEmpty();
        }
    }

    private Socket connect(Transport transport, Duration timeout) throws IOException {
        loops = transport.loops(1);
        PerLoop<Sweep> sweeps = new PerLoop<>(loops, loop -> new Sweep(loop, TimeUnit.MILLISECONDS.toNanos(10)));
        Peeker peeker = new Peeker(sweeps, timeout, 32 * 1024, true);
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channelFactory(() -> transport.newServer(InetAddress.getLoopbackAddress()))
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new PeekAtOnce(peeker))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        return new Socket(address.getAddress(), address.getPort());
    }

    private Refusal refusal() throws Exception {
        return (Refusal) outcome.get(10, TimeUnit.SECONDS);
    }

    private byte[] taken(Peeked peeked) throws Exception {
        ByteBuf bytes = accepted.get().eventLoop().submit(peeked::take).get(10, TimeUnit.SECONDS);
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    private final class PeekAtOnce extends ChannelInitializer<SocketChannel> {
        private final Peeker peeker;

        PeekAtOnce(Peeker peeker) {
            this.peeker = peeker;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext context) {
                    peeker.peek(channel, System.nanoTime()).addListener((Future<Peeked> peek) -> {
                        outcome.complete(peek.isSuccess() ? peek.getNow() : peek.cause());
                    });
                    accepted.complete(channel);
                }
            });
        }
    }
}
