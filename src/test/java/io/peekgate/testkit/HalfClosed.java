package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A connection that is open one way only, between two {@link Namespace}s: the client says all it has and ends, the
 * server answers when it is told to.
 */
public final class HalfClosed implements AutoCloseable {
    private static final String ANSWER = "an answer, at last";
    private static final int CUE_PORT = 9;

    private final Namespace host;
    private final String address;
    private final JarProcess server;
    private final JarProcess client;

    private HalfClosed(Namespace host, String address, JarProcess server, JarProcess client) {
        this.host = host;
        this.address = address;
        this.server = server;
        this.client = client;
    }

    /**
     * Opens one and waits until the server has heard the client's end.
     *
     * @param address of the server, which it has in its namespace
     * @param said by the client
     */
    public static HalfClosed open(Namespace from, Namespace to, String address, int port, byte[] said)
            throws IOException {
        JarProcess server = to.start(command("server", address, Integer.toString(port)));
        server.awaitOut("listening"::equals);
        String hex = HexFormat.of().formatHex(said);
        JarProcess client = from.start(command("client", address, Integer.toString(port), hex));
        server.awaitOut("heard"::equals);
        return new HalfClosed(to, address, server, client);
    }

    /** Lets the server answer, and gives what the client makes of it. */
    public boolean isAnswered() throws IOException, InterruptedException {
        host.run("bash", "-c", ": <>/dev/tcp/" + address + "/" + CUE_PORT);
        return client.awaitExit() == 0 && client.out().contains(ANSWER);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }

    private static List<String> command(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = HalfClosed.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> command =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes, HalfClosed.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Either end, as a process: a role, an address, a port, and what the client says in hex. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2]));
        if (arguments[0].equals("server")) {
            serve(address);
        } else {
            say(address, HexFormat.of().parseHex(arguments[3]));
        }
    }

    private static void serve(InetSocketAddress address) throws IOException {
        try (ServerSocket listener = new ServerSocket(address.getPort(), 1, address.getAddress());
                ServerSocket cue = new ServerSocket(CUE_PORT, 1, address.getAddress())) {
            System.out.println("listening");
            try (Socket client = listener.accept()) {
                client.getInputStream().readAllBytes();
                System.out.println("heard");
                cue.accept().close();
                client.getOutputStream().write((ANSWER + '\n').getBytes(US_ASCII));
            }
        }
    }

    private static void say(InetSocketAddress address, byte[] said) throws IOException {
        try (Socket server = new Socket(address.getAddress(), address.getPort())) {
            server.getOutputStream().write(said);
            server.shutdownOutput();
            System.out.write(server.getInputStream().readAllBytes());
            System.out.flush();
        }
    }
}
