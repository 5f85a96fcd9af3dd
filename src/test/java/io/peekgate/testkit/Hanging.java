package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A listener whose queue is full, so that Linux drops further SYNs. */
public final class Hanging implements AutoCloseable {
    private static final int FULL_MILLIS = 200;
    private static final int RETRANSMITTED_MILLIS = 3000;

    private final ServerSocket server = new ServerSocket();
    private final List<Socket> queue = new ArrayList<>();

    /** Binds and fills. */
    public Hanging(InetSocketAddress address) throws IOException {
        server.bind(address, 1);
        while (fits()) {
            assertThat(queue).hasSizeLessThan(16);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Whoever still tried would get in now that there is room. */
    public void assertNobodyComes() throws IOException {
        for (int i = 0; i < queue.size(); i++) {
            server.accept().close();
        }
        server.setSoTimeout(RETRANSMITTED_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queue) {
            socket.close();
        }
        server.close();
    }

    private boolean fits() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server.getLocalSocketAddress(), FULL_MILLIS);
            return queue.add(socket);
        } catch (SocketTimeoutException e) {
            socket.close();
            return false;
        }
    }
}
