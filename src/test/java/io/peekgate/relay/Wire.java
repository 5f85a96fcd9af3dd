package io.peekgate.relay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A connection through the gateway, with both its ends: client socket ↔ near channel, far channel ↔ server socket. The
 * sockets are plain ones, and see what any program would.
 */
final class Wire implements AutoCloseable {
    final End client;
    final End server;
    final SocketChannel near;
    final SocketChannel far;
    private final Loopback loopback;
    private final Relay relay;
    private Relaying relaying;

    Wire(Loopback loopback, Relay relay, Socket client, SocketChannel near, SocketChannel far, Socket server) {
        this.loopback = loopback;
        this.relay = relay;
        this.client = new End(client);
        this.near = near;
        this.far = far;
        this.server = new End(server);
    }

    /** Relays with nothing read beforehand. */
    Wire relay() throws Exception {
        return relay("");
    }

    /** Relays as if {@code first} had been read from the client. */
    Wire relay(String first) throws Exception {
        return relayAmid(first, () -> {}, () -> {});
    }

    /** The same, with something done just before and something just after it, all in one turn of the loop. */
    Wire relayAmid(String first, Runnable before, Runnable after) throws Exception {
        ByteBuf bytes = loopback.memory.buffer().writeBytes(first.getBytes(StandardCharsets.US_ASCII));
        relaying = loopback.loop
                .submit(() -> {
                    before.run();
                    Relaying started = relay.start(near, far, bytes);
                    after.run();
                    return started;
                })
                .get(10, SECONDS);
        return this;
    }

    /** Ends this end's sending, and waits until the relay's channel, reading as for a peek, has noticed. */
    void endBeforeRelay(End end, SocketChannel channel) {
        channel.read();
        end.fin();
        await().until(channel::isInputShutdown);
    }

    void stop(CloseReason why) throws Exception {
        loopback.loop.submit(() -> relaying.stop(why)).get(10, SECONDS);
    }

    /** Bytes relayed up so far; for use on the loop. */
    long bytesUpOnLoop() {
        return relaying.bytesUp();
    }

    /** Bytes relayed so far: up, down. */
    long[] bytes() throws Exception {
        return loopback.loop
                .submit(() -> new long[] {relaying.bytesUp(), relaying.bytesDown()})
                .get(10, SECONDS);
    }

    boolean ended() {
        return relaying.end().isDone();
    }

    /** How it ended, when it has. */
    RelayEnd end() throws ExecutionException, InterruptedException, TimeoutException {
        return relaying.end().get(15, SECONDS);
    }

    /** Expects that it ends for this reason. */
    void assertEnds(CloseReason why) throws Exception {
        assertThat(end().reason()).isEqualTo(why);
    }

    /** Expects that it ends for this reason and by RST on both sides, of which the peers have not heard yet. */
    void assertCut(CloseReason why) throws Exception {
        assertEnds(why);
        assertThatThrownBy(client::drain).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThatThrownBy(server::drain).isInstanceOf(IOException.class).hasMessageContaining("reset");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
