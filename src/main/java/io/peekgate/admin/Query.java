package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a request, each once. */
final class Query {
    private final Map<String, List<String>> given;

    Query(Map<String, List<String>> given) {
        this.given = given;
    }

    /** @throws Problem if there is another key than these, or one of them twice */
    void refuseAllBut(Set<String> known) {
        String all = known.isEmpty() ? "none here" : String.join(", ", new TreeSet<>(known));
        given.forEach((key, values) -> {
            if (!known.contains(key) || values.size() > 1) {
                throw new Problem(
                        HttpResponseStatus.BAD_REQUEST,
                        "unknown or repeated parameter \"" + key + "\"; there is " + all);
            }
        });
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(given.get(key)).map(values -> values.get(0)).filter(value -> !value.isEmpty());
    }

    /** Whether it is {@code true}; absent is not. */
    boolean flag(String key) {
        return text(key)
                .filter(value -> {
                    if (!value.matches("true|false")) {
                        throw wrong(key, "true or false");
                    }
                    return value.equals("true");
                })
                .isPresent();
    }

    int number(String key, int least, int most, int otherwise) {
        return text(key)
                .map(value -> {
                    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
                    if (number < least || number > most) {
                        throw wrong(key, "a number from " + least + " to " + most);
                    }
                    return number;
                })
                .orElse(otherwise);
    }

    static Problem wrong(String key, String expected) {
        return new Problem(HttpResponseStatus.BAD_REQUEST, key + ": " + expected + " is expected");
    }
}
