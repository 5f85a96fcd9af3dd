package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request, whole, as it may be handed to another thread.
 *
 * @param uri path and query as they were written
 * @param client who asks
 */
public record Ask(HttpMethod method, String uri, HttpHeaders headers, String body, InetSocketAddress client) {
    private static final Set<String> QUESTIONS = Stream.of("/explain", "/rules:preview", "/config:check")
            .map(AdminApi.ROOT::concat)
            .collect(Collectors.toUnmodifiableSet());

    static Ask of(FullHttpRequest request, InetSocketAddress client) {
        return new Ask(
                request.method(),
                request.uri(),
                request.headers().copy(),
                request.content().toString(UTF_8),
                client);
    }

    /** What stands before the query, with nothing decoded or resolved. */
    String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** A header that came once. */
    Optional<String> header(CharSequence name) {
        return headers.getAll(name).size() == 1 ? Optional.of(headers.get(name)) : Optional.empty();
    }

    /** Whether it changes nothing, by its method (RFC 9110 section 9.2.1) or as a question that needs a body. */
    boolean isSafe() {
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || (method.equals(HttpMethod.POST) && QUESTIONS.contains(path()));
    }
}
