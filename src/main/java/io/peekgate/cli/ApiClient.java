package io.peekgate.cli;

import io.peekgate.config.JsonView;
import io.peekgate.config.ProxyConfig;
import io.peekgate.net.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running gateway's admin API, as the configuration says where it is. */
final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

        private Unreachable(String message) {
            super(message);
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final InetSocketAddress address;
    private final String token;

    private ApiClient(InetSocketAddress address, String token) {
        this.address = address;
        this.token = token;
    }

    /**
     * The API of the gateway that runs with this configuration.
     *
     * @throws Failure if it is configured to have none, or its token cannot be read
     */
    static ApiClient of(ProxyConfig config) {
        InetSocketAddress bind =
                config.admin().bind().orElseThrow(() -> new Unreachable("admin.bind is off, so it cannot be asked"));
        try {
            return new ApiClient(
                    reachable(bind),
                    Files.readString(config.admin().tokenFile()).strip());
        } catch (IOException e) {
            throw new Unreachable(
                    "admin.token-file: cannot read " + config.admin().tokenFile()
                            + "; a gateway makes it at its first start, and only its user can read it");
        }
    }

    /** Whoever binds every address is reached by loopback. */
    static InetSocketAddress reachable(InetSocketAddress bind) {
        return bind.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bind.getPort())
                : bind;
    }

    JsonView get(String path) {
        return JsonView.parse(text("GET", path, ""));
    }

    /** The answer's text, or what is wrong. */
    String text(String method, String path, String body) {
        return text(request(method, path, body));
    }

    private String text(HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new Failure(detail(answer.body()));
        }
        return answer.body();
    }

    /** The same as plain text, for people. */
    String plain(String method, String path, String body) {
        return text(request(method, path, body).header("Accept", "text/plain"));
    }

    /** Hands on each line of an answer as it comes, until it ends. */
    void lines(String path, Consumer<String> line) {
        HttpResponse<Stream<String>> answer = send(request("GET", path, "").build(), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() >= 400) {
                throw new Failure(detail(lines.collect(Collectors.joining("\n"))));
            }
            lines.forEach(line);
        } catch (UncheckedIOException e) {
            throw new Failure("the gateway at " + Addresses.text(address) + " has ended");
        }
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + Addresses.text(address) + "/api/v1" + path))
                .header("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
        }
        return request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (ConnectException e) {
            throw new Unreachable("no gateway answers at " + Addresses.text(address) + " (admin.bind); is it running?");
        } catch (IOException e) {
            throw new Failure("the gateway at " + Addresses.text(address) + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted");
        }
    }

    private static String detail(String problem) {
        try {
            return JsonView.parse(problem).text("detail");
        } catch (IllegalArgumentException e) {
            return "what answers there is no gateway of ours: " + problem;
        }
    }

    /** A query of those parameters that have a value. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
