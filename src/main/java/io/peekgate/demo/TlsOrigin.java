package io.peekgate.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An HTTPS server on loopback: TLS 1.2 and 1.3, HTTP/1.1. {@code /bytes/N} answers with {@link #bytes bytes(N)},
 * {@code /echo} with the request's body, and every other path with a line that names the host that was asked for.
 */
public final class TlsOrigin implements AutoCloseable {
    private static final String BYTES = "/bytes/";

    private final HttpsServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool(new DefaultThreadFactory("tls-origin", true));

    /**
     * Starts it on a free port.
     *
     * @throws IOException if loopback cannot be listened on
     */
    public TlsOrigin(SelfSigned certificate) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new Http1(certificate.context()));
        server.setExecutor(workers);
        server.createContext("/", TlsOrigin::greet);
        server.createContext("/echo", TlsOrigin::echo);
        server.createContext(BYTES, TlsOrigin::pour);
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** What {@code /bytes/N} answers: the same for the same N. */
    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** What it answers to {@code GET /}. */
    public static String greeting(String host) {
        return "This is " + host + ", behind Peekgate.\n";
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }

    private static void greet(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        answer(exchange, greeting(host.replaceFirst(":\\d+$", "")).getBytes(UTF_8));
    }

    private static void echo(HttpExchange exchange) throws IOException {
        answer(exchange, exchange.getRequestBody().readAllBytes());
    }

    private static void pour(HttpExchange exchange) throws IOException {
        String count = exchange.getRequestURI().getPath().substring(BYTES.length());
        answer(exchange, bytes(Integer.parseInt(count)));
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Chooses HTTP/1.1 by ALPN (RFC 7301), which the JDK's server leaves out by itself. */
    private static final class Http1 extends HttpsConfigurator {
        Http1(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setApplicationProtocols(new String[] {"http/1.1"});
            parameters.setSSLParameters(tls);
        }
    }
}
