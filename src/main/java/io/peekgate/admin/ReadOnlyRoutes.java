package io.peekgate.admin;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Paths that can only be read: by GET, or HEAD. A path is what is written there, with nothing decoded or resolved. */
final class ReadOnlyRoutes implements Route {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Map<String, Supplier<Answer>> pages;

    ReadOnlyRoutes(Map<String, Supplier<Answer>> pages) {
        this.pages = Map.copyOf(pages);
    }

    @Override
    public Answer answer(FullHttpRequest request) {
        Supplier<Answer> page = pages.get(path(request.uri()));
        if (page == null) {
            return Answer.line(HttpResponseStatus.NOT_FOUND, "not found; there is " + String.join(", ", sorted()));
        }
        if (!READING.contains(request.method())) {
            return Answer.line(HttpResponseStatus.METHOD_NOT_ALLOWED, "use GET")
                    .with(HttpHeaderNames.ALLOW.toString(), "GET, HEAD");
        }
        return page.get();
    }

    private Iterable<String> sorted() {
        return pages.keySet().stream().sorted().toList();
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
