package io.peekgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
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

    private static final int PATIENCE_MILLIS = 2_000;

    private HealthProbe() {}

    /**
     * The short way for {@code healthcheck --at HOST:PORT}, which needs neither the command line's parser nor a
     * configuration.
     *
     * @return the exit code; empty if the arguments are any others
     */
    public static Optional<Integer> attempt(String[] args) {
        boolean isShort = args.length == 3 && args[0].equals(COMMAND) && args[1].equals(AT);
        int colon = isShort ? args[2].lastIndexOf(':') : -1;
        if (colon < 1 || !args[2].substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        String host = args[2].substring(0, colon).replaceAll("[\\[\\]]", "");
        return Optional.of(ask(host, Integer.parseInt(args[2].substring(colon + 1))));
    }

    /** Prints what the gateway says, or what is wrong; gives the exit code. */
    static int ask(String host, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return judge(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        } catch (IOException | IllegalArgumentException e) {
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
