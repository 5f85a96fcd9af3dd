package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Stands for all parameters, where it is others who say what they ask with. */
    static final String ANY = "*";

    private record Entry(HttpMethod method, List<String> template, Handler handler, Set<String> parameters) {
        Answer answer(Call call) throws Exception {
            if (!parameters.contains(ANY)) {
                call.query().refuseAllBut(parameters);
            }
            return handler.answer(call);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** Adds what can be read; HEAD is answered like GET, without the body. */
    public Router get(String template, Handler handler, String... parameters) {
        return on(HttpMethod.GET, template, handler, parameters).on(HttpMethod.HEAD, template, handler, parameters);
    }

    /**
     * Adds what a method does.
     *
     * @param parameters that it has; a request with another, or with one of them twice, is refused
     */
    public Router on(HttpMethod method, String template, Handler handler, String... parameters) {
        entries.add(new Entry(method, segments(template), handler, Set.of(parameters)));
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
                return answer(entry, new Call(ask, parameters.get()));
            }
            parameters.ifPresent(there -> allowed.add(entry.method().name()));
        }
        return allowed.isEmpty()
                ? Problem.of(HttpResponseStatus.NOT_FOUND, "there is nothing at this path")
                : Problem.of(HttpResponseStatus.METHOD_NOT_ALLOWED, "use " + String.join(", ", allowed))
                        .with(HttpHeaderNames.ALLOW, String.join(", ", allowed));
    }

    private static Answer answer(Entry entry, Call call) {
        try {
            return entry.answer(call);
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
