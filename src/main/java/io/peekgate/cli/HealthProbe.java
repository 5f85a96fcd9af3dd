package io.peekgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks a gateway whether it takes connections, by nothing but a socket: whoever runs containers asks every few seconds,
 * and a start of the virtual machine is dear enough.
 */
public final class HealthProbe {
    static final String COMMAND = "healthcheck";
    static final String AT = "--at";

    private static final String REQUEST = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int MAX_PORT = 65_535;

    private HealthProbe() {}

    /**
     * The short way for {@code healthcheck --at HOST:PORT}, which needs neither the command line's parser nor a
     * configuration.
     *
     * @return the exit code; empty if the arguments are any others
     */
    public static Optional<Integer> attempt(String[] args) {
        return args.length == 3 && args[0].equals(COMMAND) && args[1].equals(AT) ? ask(args[2]) : Optional.empty();
    }

    /** The same; empty if this is no {@code HOST:PORT}. */
    static Optional<Integer> ask(String at) {
        int colon = at.lastIndexOf(':');
        if (colon < 1 || !at.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        String host = at.substring(0, colon).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(at.substring(colon + 1));
        return port > MAX_PORT ? Optional.empty() : Optional.of(ask(host, port));
    }

    /** Prints what the gateway says, or what is wrong; gives the exit code. */
    static int ask(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            return judge(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            System.err.println("peekgate: no gateway answers at " + host + " port " + port + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static int judge(BufferedReader answer) throws IOException {
        String status = String.valueOf(answer.readLine());
        String last = "";
        for (String line = answer.readLine(); line != null; line = answer.readLine()) {
            last = line;
        }
        boolean healthy = status.startsWith("HTTP/1.1 200 ") && last.equals("ready");
        (healthy ? System.out : System.err).println(last.isEmpty() ? status : last);
        return healthy ? ExitCode.FINE : ExitCode.FAILED;
    }
}
