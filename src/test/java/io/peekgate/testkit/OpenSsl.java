package io.peekgate.testkit;

import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code openssl s_client}. It takes an end without close_notify for an end, since the JDK's HTTPS server ends like that;
 * compare what came.
 *
 * @param address what to connect to
 * @param ca a PEM file of the certificates it trusts
 */
public record OpenSsl(InetSocketAddress address, Path ca) {

    /**
     * Requests a path, with the host as SNI and as the name to verify; the output is the whole HTTP response.
     *
     * @param flags more of s_client's, such as {@code -tls1_2}
     */
    public ClientRun get(String host, String path, String... flags) throws IOException, InterruptedException {
        return run(host, path, List.of("-servername", host), flags);
    }

    /** The same without SNI. */
    public ClientRun getWithoutSni(String host, String path, String... flags) throws IOException, InterruptedException {
        return run(host, path, List.of("-noservername"), flags);
    }

    private ClientRun run(String host, String path, List<String> sni, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-verify_return_error"));
        command.addAll(List.of("-ignore_unexpected_eof", "-connect", Addresses.text(address)));
        command.addAll(List.of("-CAfile", ca.toString(), "-verify_hostname", host));
        command.addAll(sni);
        command.addAll(List.of(flags));
        return ClientRun.of(Requests.get(host, path), command);
    }
}
