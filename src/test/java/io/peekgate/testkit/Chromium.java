package io.peekgate.testkit;

import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Headless Chromium with a new profile. It takes any certificate.
 *
 * @param address what to connect to
 */
public record Chromium(InetSocketAddress address) {

    /** Loads {@code https://host/path}; the output is the page as HTML, or Chromium's error page. */
    public ClientRun get(String host, String path) throws IOException, InterruptedException {
        try (Scratch profile = new Scratch()) {
            return ClientRun.of(
                    "",
                    List.of(
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
                            "--user-data-dir=" + profile.path("profile"),
                            "--ignore-certificate-errors",
                            "--host-resolver-rules=MAP " + host + " " + Addresses.text(address),
                            "--dump-dom",
                            "https://" + host + path));
        }
    }
}
