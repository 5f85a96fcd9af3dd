package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A blocking TCP socket whose segments and whose end, FIN or RST, a test decides and tells apart. */
public final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public static RawSocket connect(InetSocketAddress server) throws IOException {
        return connect("127.0.0.1", server);
    }

    /**
     * Connects from a loopback address of the caller's choice.
     *
     * @param from an address literal
     */
    public static RawSocket connect(String from, InetSocketAddress server) throws IOException {
        RawSocket client = new RawSocket(new Socket());
        client.socket.bind(new InetSocketAddress(from, 0));
        client.socket.connect(server, PATIENCE_MILLIS);
        return client;
    }

    /** Its own port, which tells it from others in reports. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Sends each in a write and, without Nagle's delay, a segment of its own. */
    public RawSocket send(byte[]... segments) throws IOException {
        for (byte[] segment : segments) {
            socket.getOutputStream().write(segment);
        }
        return this;
    }

    /** Sends no more, but still hears. */
    public RawSocket fin() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Goes away by RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The next bytes; fewer only at the end. */
    public byte[] hear(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /**
     * All bytes up to the FIN.
     *
     * @throws IOException if a RST comes instead, or nothing for 10 s
     */
    public byte[] hearToFin() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** All bytes up to the RST; fails if a FIN comes instead. */
    public byte[] hearToReset() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
            return bytes.toByteArray();
        }
        throw new AssertionError("a FIN after " + bytes.size() + " bytes instead of a RST");
    }

    /** All bytes up to the end, whichever it is. */
    public byte[] hearToTheEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
