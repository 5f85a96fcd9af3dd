package io.peekgate.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Answers no SYN: its backlog is full, and it accepts nothing until it is told to. Linux drops SYNs then. */
final class SilentServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int KNOCK_MILLIS = 200;
    private static final int MORE_THAN_FIT = 10;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    SilentServer() throws IOException {
        for (int i = 0; i < MORE_THAN_FIT && knock(); i++) {
            // until one is not answered
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Whether a SYN to it waits for an answer. */
    boolean isDialled() throws IOException {
        return isDialled("/proc/net/tcp") || isDialled("/proc/net/tcp6");
    }

    private boolean isDialled(String table) throws IOException {
        String synSent = String.format(Locale.ROOT, "0100007F:%04X 02 ", port());
        try (Stream<String> sockets = Files.lines(Path.of(table))) {
            return sockets.anyMatch(socket -> socket.contains(synSent));
        }
    }

    /** Accepts all that waited in its backlog and closes them, so that it answers again. */
    void wake() throws IOException {
        for (Socket socket : waiting) {
            listener.accept().close();
            socket.close();
        }
    }

    /** The next connection. */
    Socket accept() throws IOException {
        listener.setSoTimeout(PATIENCE_MILLIS);
        return listener.accept();
    }

    private boolean knock() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), KNOCK_MILLIS);
            waiting.add(socket);
            return true;
        } catch (SocketTimeoutException full) {
            socket.close();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : waiting) {
            socket.close();
        }
    }
}
