package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.peekgate.demo.SelfSigned;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.net.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A real nginx with TLS and HTTP/2, one process of ours, on loopback or in a {@link Namespace}. {@code /} answers with
 * {@link #GREETING}, {@code /large} with {@link #large()}.
 */
public final class NginxOrigin implements AutoCloseable {
    public static final String GREETING = "This is nginx.\n";

    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                %s
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_certificate certificate.pem;
                ssl_certificate_key key.pem;
                root .;
              }
            }
            """;

    private final Scratch scratch = new Scratch();
    private final List<InetSocketAddress> addresses;
    private final UnaryOperator<List<String>> place;
    private final Process process;

    /** Starts it and waits until it accepts. */
    public NginxOrigin(SelfSigned certificate) throws IOException, InterruptedException {
        this(
                certificate,
                UnaryOperator.identity(),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort())));
    }

    private NginxOrigin(SelfSigned certificate, UnaryOperator<List<String>> place, List<InetSocketAddress> addresses)
            throws IOException, InterruptedException {
        this.addresses = addresses;
        this.place = place;
        scratch.write("certificate.pem", certificate.certificatePem().getBytes(UTF_8));
        scratch.write("key.pem", certificate.keyPem().getBytes(UTF_8));
        scratch.write("index.html", GREETING.getBytes(UTF_8));
        scratch.write("large", large());
        scratch.write("nginx.conf", CONFIGURATION.formatted(listens()).getBytes(UTF_8));
        process = start();
        awaitAccepting();
    }

    /** The same in a namespace, on several addresses. */
    public static NginxOrigin in(Namespace host, SelfSigned certificate, List<InetSocketAddress> addresses)
            throws IOException, InterruptedException {
        return new NginxOrigin(certificate, host::within, addresses);
    }

    private String listens() {
        return addresses.stream()
                .map(address -> "listen " + Addresses.text(address) + " ssl http2;")
                .collect(Collectors.joining("\n    "));
    }

    /** 4 MiB. */
    public static byte[] large() {
        return TlsOrigin.bytes(4 << 20);
    }

    /** Where it listens first. */
    public InetSocketAddress address() {
        return addresses.get(0);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        scratch.close();
    }

    private Process start() throws IOException {
        List<String> command = List.of("nginx", "-p", scratch.path("").toString(), "-c", "nginx.conf", "-e", "stderr");
        return new ProcessBuilder(place.apply(command))
                .redirectErrorStream(true)
                .redirectOutput(scratch.path("log").toFile())
                .start();
    }

    private void awaitAccepting() throws IOException {
        try {
            await().atMost(Duration.ofSeconds(10)).until(this::accepts);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Asked from where it is, since nobody else may reach it there. */
    private boolean accepts() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(scratch.path("log")));
        }
        String socket = "/dev/tcp/" + address().getAddress().getHostAddress() + "/"
                + address().getPort();
        return ClientRun.of("", place.apply(List.of("bash", "-c", ": <>" + socket)))
                        .exit()
                == 0;
    }

    /** nginx cannot choose one itself. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
