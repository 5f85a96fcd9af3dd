package io.peekgate.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Takes one connection, answers it with fixed bytes and FIN, and keeps all that it sends. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<byte[]> received;

    ScriptedServer(int... answer) throws IOException {
        received = CompletableFuture.supplyAsync(() -> serve(answer));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** What came until the client closed. */
    byte[] received() throws Exception {
        return received.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private byte[] serve(int... answer) {
        try (Socket client = listener.accept()) {
            for (int octet : answer) {
                client.getOutputStream().write(octet);
            }
            client.shutdownOutput();
            return client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
