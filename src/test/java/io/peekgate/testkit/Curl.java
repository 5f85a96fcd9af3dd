package io.peekgate.testkit;

import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * curl, which connects to one address whatever the URL's host is.
 *
 * @param address what to connect to
 * @param ca a PEM file of the certificates it trusts
 */
public record Curl(InetSocketAddress address, Path ca) {

    /**
     * Fetches {@code https://host/path}.
     *
     * @param flags more of curl's, such as {@code --http2} or {@code -d}
     */
    public ClientRun get(String host, String path, String... flags) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of("--connect-to", "::" + Addresses.text(address)));
        arguments.addAll(List.of("--cacert", ca.toString(), "https://" + host + path));
        return run(arguments);
    }

    /** curl with these arguments alone, as for {@code -x}; without the user's own settings. */
    public static ClientRun run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-sS", "--max-time", "30"));
        command.addAll(arguments);
        return ClientRun.of("", command);
    }
}
