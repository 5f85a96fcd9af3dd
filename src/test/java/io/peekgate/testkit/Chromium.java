package io.peekgate.testkit;

import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Headless Chromium with a new profile. It takes any certificate.
 *
 * @param address what to connect to
 */
public record Chromium(InetSocketAddress address) {
    private static final List<String> OPTIONS = List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
            "--ignore-certificate-errors");

    /** Loads {@code https://host/path}; the output is the page as HTML, or Chromium's error page. */
    public ClientRun get(String host, String path) throws IOException, InterruptedException {
        String map = "--host-resolver-rules=MAP " + host + " " + Addresses.text(address);
        return dump("https://" + host + path, UnaryOperator.identity(), map);
    }

    /** Loads a page in a namespace, of whose nameserver it asks the name. */
    public static ClientRun in(Namespace host, String url) throws IOException, InterruptedException {
        return dump(url, host::within);
    }

    private static ClientRun dump(String url, UnaryOperator<List<String>> place, String... options)
            throws IOException, InterruptedException {
        try (Scratch profile = new Scratch()) {
            List<String> command = new ArrayList<>(OPTIONS);
            command.addAll(List.of(options));
            command.addAll(List.of("--user-data-dir=" + profile.path("profile"), "--dump-dom", url));
            return ClientRun.of("", place.apply(command));
        }
    }
}
