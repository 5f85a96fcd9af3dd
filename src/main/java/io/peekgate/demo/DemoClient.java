package io.peekgate.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Java's own TLS client, sent to a gateway instead of to the host it asks for, as an interception would. It verifies
 * the origin's certificate and name, so an HTTP answer proves that TLS was end to end.
 */
public final class DemoClient {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");
    private static final int TIMEOUT_MILLIS = 15_000;

    private final InetSocketAddress gateway;
    private final SSLContext tls;

    /**
     * @param gateway what to connect to
     * @param tls trusts the origin
     */
    public DemoClient(InetSocketAddress gateway, SSLContext tls) {
        this.gateway = gateway;
        this.tls = tls;
    }

    /** {@code GET} with SNI. A failure, such as a TLS alert, is the answer's text. */
    public Answer get(String host, String path) {
        return get(host, path, new Socket(), sni(host));
    }

    /** {@code GET} without SNI; otherwise like {@link #get(String, String)}. */
    public Answer getWithoutSni(String host, String path) {
        SSLParameters none = sni(host);
        none.setServerNames(List.of());
        return get(host, path, new Socket(), none);
    }

    /**
     * {@code GET} with a hello of over 1,700 bytes, as big as one with a post-quantum key share, that goes out in
     * several records and several segments; otherwise like {@link #get(String, String)}.
     */
    public Answer getWithLongHello(String host, String path) {
        SSLParameters enlarged = sni(host);
        enlarged.setApplicationProtocols(manyProtocols());
        return get(host, path, new SplitHelloSocket(), enlarged);
    }

    /**
     * Sends the segments, each in a write and (without Nagle's delay) a TCP segment of its own, and returns all that
     * comes back until the other side closes.
     *
     * @throws IOException if the connection is refused or reset, or the other side neither sends nor closes for 15 s
     */
    public byte[] raw(byte[]... segments) throws IOException {
        try (Socket socket = new Socket()) {
            connect(socket);
            OutputStream out = socket.getOutputStream();
            for (byte[] segment : segments) {
                out.write(segment);
            }
            return socket.getInputStream().readAllBytes();
        }
    }

    private Answer get(String host, String path, Socket socket, SSLParameters parameters) {
        try (socket) {
            connect(socket);
            return get(host, path, secure(socket, host, parameters));
        } catch (IOException e) {
            return Answer.without(e.getMessage());
        }
    }

    private static Answer get(String host, String path, SSLSocket origin) throws IOException {
        try (origin) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            origin.getOutputStream().write(request.getBytes(US_ASCII));
            return Answer.of(response(origin.getInputStream()));
        }
    }

    /** One response with Content-Length; the connection is left open, so that it is the client who ends it. */
    private static byte[] response(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return head.toByteArray();
            }
            head.write(octet);
        }
        Matcher length = LENGTH.matcher(head.toString(US_ASCII));
        head.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return head.toByteArray();
    }

    private void connect(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(gateway, TIMEOUT_MILLIS);
    }

    private SSLSocket secure(Socket socket, String host, SSLParameters parameters) throws IOException {
        SSLSocket origin = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, gateway.getPort(), true);
        origin.setSSLParameters(parameters);
        return origin;
    }

    private static SSLParameters sni(String host) {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** ALPN is the one extension that JSSE lets a client fill as it likes. */
    private static String[] manyProtocols() {
        return Stream.concat(
                        Stream.of("http/1.1"),
                        IntStream.range(0, 50).mapToObj(i -> "peekgate-demo-of-a-long-hello/" + i))
                .toArray(String[]::new);
    }
}
