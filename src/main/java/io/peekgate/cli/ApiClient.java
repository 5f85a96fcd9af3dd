package io.peekgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.peekgate.config.JsonView;
import io.peekgate.config.ProxyConfig;
import io.peekgate.net.Addresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A running gateway's admin API, as the configuration says where it is. Asked by the old client of the JDK, since the new
 * one loads all of TLS first, which takes half a second.
 */
final class ApiClient {
    private static final int CONNECT_MILLIS = 5_000;

    /** Longer than any answer takes; a stream says something every 15 s. */
    private static final int SILENCE_MILLIS = 60_000;

    static {
        System.setProperty("sun.net.http.retryPost", "false"); // or it would do twice what may be done once
    }

    /** The gateway cannot be asked, or says no; the message is for people. */
    static class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    /** There is no API to be asked; what else may be done without it can be tried. */
    static final class Unreachable extends Failure {
        private static final long serialVersionUID = 1L;

        private Unreachable(String why) {
            super("the gateway cannot be asked: " + why);
        }
    }

    private final InetSocketAddress address;
    private final Path tokenFile;
    private final String token;

    private ApiClient(InetSocketAddress address, Path tokenFile) throws IOException {
        this.address = address;
        this.tokenFile = tokenFile;
        this.token = Files.readString(tokenFile).strip();
    }

    /**
     * The API of the gateway that runs with this configuration.
     *
     * @throws Unreachable if it is configured to have none, or its token cannot be read
     */
    static ApiClient of(ProxyConfig config) {
        InetSocketAddress bind = config.admin().bind().orElseThrow(() -> new Unreachable("admin.bind is off"));
        Path file = config.admin().tokenFile();
        try {
            ApiClient client = new ApiClient(reachable(bind), file);
            if (client.token.matches("[!-~]+")) {
                return client;
            }
            throw new Unreachable(file + " holds no token (admin.token-file)");
        } catch (IOException e) {
            throw new Unreachable("cannot read " + file + " (admin.token-file); a gateway makes it when it starts with"
                    + " an admin.bind on loopback, for its own user to read");
        }
    }

    /** Whoever binds every address is reached by loopback. */
    static InetSocketAddress reachable(InetSocketAddress bind) {
        return bind.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bind.getPort())
                : bind;
    }

    /** The answer's text, or what is wrong. */
    String text(String method, String path, String body) {
        return text(method, path, body, "*/*");
    }

    /** The same as plain text, for people. */
    String plain(String method, String path, String body) {
        return text(method, path, body, "text/plain");
    }

    private String text(String method, String path, String body, String accept) {
        try (InputStream answer = ask(method, path, body, accept)) {
            return new String(answer.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new Failure("the gateway at " + Addresses.text(address) + " does not answer: " + e.getMessage());
        }
    }

    /**
     * Hands on each line of an answer without an end, as it comes.
     *
     * @param more takes a line, and tells whether another is wanted
     * @throws Failure when the gateway ends
     */
    void lines(String path, Predicate<String> more) {
        try (BufferedReader answer = new BufferedReader(new InputStreamReader(ask("GET", path, "", "*/*"), UTF_8))) {
            String line = answer.readLine();
            while (line != null && more.test(line)) {
                line = answer.readLine();
            }
            if (line != null) {
                return;
            }
        } catch (IOException e) {
            // as good as the end of the answer
        }
        throw new Failure("the gateway at " + Addresses.text(address) + " has ended");
    }

    private InputStream ask(String method, String path, String body, String accept) throws IOException {
        HttpURLConnection http = to(path);
        http.setRequestMethod(method);
        http.setRequestProperty("Authorization", "Bearer " + token);
        http.setRequestProperty("Accept", accept);
        if (!body.isEmpty()) {
            http.setRequestProperty("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
            http.setDoOutput(true);
        }
        connect(http);
        if (!body.isEmpty()) {
            http.getOutputStream().write(body.getBytes(UTF_8));
        }
        if (http.getResponseCode() / 100 != 2) { // -1 if it is no HTTP
            throw new Failure(refusal(http));
        }
        return http.getInputStream();
    }

    private HttpURLConnection to(String path) throws IOException {
        URL url = new URL("http://" + Addresses.text(address) + "/api/v1" + path);
        HttpURLConnection http = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        http.setConnectTimeout(CONNECT_MILLIS);
        http.setReadTimeout(SILENCE_MILLIS);
        http.setInstanceFollowRedirects(false);
        return http;
    }

    private void connect(HttpURLConnection http) {
        try {
            http.connect();
        } catch (IOException e) {
            throw new Unreachable("nothing answers at " + Addresses.text(address) + " (admin.bind); is it running?");
        }
    }

    private String refusal(HttpURLConnection http) throws IOException {
        if (http.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return "the gateway at " + Addresses.text(address) + " wants another token than that of " + tokenFile
                    + " (admin.token-file); is it another gateway's?";
        }
        InputStream problem = http.getErrorStream(); // null if there is no body
        try {
            return JsonView.parse(problem == null ? "" : new String(problem.readAllBytes(), UTF_8))
                    .text("detail");
        } catch (IllegalArgumentException e) {
            return "what answers at " + Addresses.text(address) + " (admin.bind) is no gateway";
        }
    }

    /** A query of those parameters that have a value. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** For a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
