package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which path is answered by whom. A path is what is written there, with nothing decoded or resolved; where a template has
 * {@code {name}}, one segment of anything stands.
 */
public final class Router implements Route {
    /** Answers one kind of request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers it. May block.
         *
         * @throws Exception that {@link Failures} has an answer for; any other is answered as 500
         */
        Answer answer(Call call) throws Exception;
    }

    private record Entry(HttpMethod method, List<String> template, Handler handler) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds what can be read; HEAD is answered like GET, without the body. */
    public Router get(String template, Handler handler) {
        return on(HttpMethod.GET, template, handler).on(HttpMethod.HEAD, template, handler);
    }

    /** Adds what a method does. */
    public Router on(HttpMethod method, String template, Handler handler) {
        entries.add(new Entry(method, segments(template), handler));
        return this;
    }

    /** Every method and template, as in {@code GET /rules/{id}}. */
    List<String> names() {
        return entries.stream()
                .map(entry -> entry.method() + " " + String.join("/", entry.template()))
                .toList();
    }

    @Override
    public Answer answer(Ask ask) {
        List<String> path = segments(ask.path());
        TreeSet<String> allowed = new TreeSet<>();
        for (Entry entry : entries) {
            Optional<Map<String, String>> parameters = match(entry.template(), path);
            if (parameters.isPresent() && entry.method().equals(ask.method())) {
                return answer(entry.handler(), new Call(ask, parameters.get()));
            }
            parameters.ifPresent(there -> allowed.add(entry.method().name()));
        }
        return allowed.isEmpty()
                ? Problem.of(HttpResponseStatus.NOT_FOUND, "there is nothing at this path")
                : Problem.of(HttpResponseStatus.METHOD_NOT_ALLOWED, "use " + String.join(", ", allowed))
                        .with(HttpHeaderNames.ALLOW, String.join(", ", allowed));
    }

    private static Answer answer(Handler handler, Call call) {
        try {
            return handler.answer(call);
        } catch (Exception e) {
            return Failures.answer(e);
        }
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static Optional<Map<String, String>> match(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 0; i < path.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{") && !path.get(i).isEmpty()) {
                parameters.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
