package io.peekgate.testkit;

import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code gnutls-cli}.
 *
 * @param address what to connect to
 * @param ca a PEM file of the certificates it trusts
 */
public record GnuTls(InetSocketAddress address, Path ca) {

    /**
     * Requests a path, with the host as SNI and as the name to verify; the output is a report of the session with the
     * whole HTTP response in it.
     *
     * @param flags more of gnutls-cli's, such as {@code --priority=…}
     */
    public ClientRun get(String host, String path, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gnutls-cli", "--x509cafile=" + ca));
        command.addAll(List.of("--sni-hostname=" + host, "--verify-hostname=" + host));
        command.addAll(List.of(flags));
        command.addAll(List.of("--port=" + address.getPort(), Addresses.text(address.getAddress())));
        return ClientRun.listening(Requests.get(host, path), command);
    }
}
