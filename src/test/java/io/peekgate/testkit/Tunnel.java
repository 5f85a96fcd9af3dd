package io.peekgate.testkit;

import static io.peekgate.testkit.Bytes.latin1;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A connection through a gateway of which a test holds both ends. After the hello it carries bytes of any kind, since
 * the gateway looks no further.
 *
 * @param client the client's end
 * @param server the origin's end, which has read the hello
 */
public record Tunnel(Socket client, Socket server) implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    /** What tunnels lead to. */
    public static final class Origin implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());

        public Origin() throws IOException {
            listening.setSoTimeout(TIMEOUT_MILLIS);
        }

        /** The configuration of a gateway that lets this name pass to here. */
        public String passing(String name) {
            String target = Addresses.text((InetSocketAddress) listening.getLocalSocketAddress());
            return "peekgate.policy.rules = [ { name = tunnel, match = " + name + ", target = \"" + target
                    + "\", allow-private = true } ]";
        }

        /** A tunnel through the gateway, whose hello has arrived here. */
        public Tunnel connect(InetSocketAddress gateway, String name) throws IOException {
            Socket client = hello(gateway, name);
            Socket server = listening.accept();
            server.setSoTimeout(TIMEOUT_MILLIS);
            server.getInputStream().readNBytes(wire(name).length);
            return new Tunnel(client, server);
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    /** Connects and sends a hello for this name. */
    public static Socket hello(InetSocketAddress gateway, String name) throws IOException {
        return connect(gateway, wire(name));
    }

    /** Connects, sends, and reads until the gateway ends it; gives what came, one character a byte. */
    public static String send(InetSocketAddress gateway, String text) throws IOException {
        try (Socket client = connect(gateway, latin1(text))) {
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }

    private static Socket connect(InetSocketAddress gateway, byte[] first) throws IOException {
        Socket client = new Socket(gateway.getAddress(), gateway.getPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        client.getOutputStream().write(first);
        return client;
    }

    private static byte[] wire(String name) {
        return Hellos.hello().sni(name).supportedVersions(0x0304).wire();
    }
}
