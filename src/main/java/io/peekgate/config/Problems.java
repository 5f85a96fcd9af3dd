package io.peekgate.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong, so that a person mends all of it in one go. The first problem of a place stands for it. */
final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file).thenComparing(Problem::line);

    private final Map<List<Object>, Problem> byPlace = new LinkedHashMap<>();

    void add(Node at, String message) {
        String key = at.path().replaceFirst("^peekgate(\\.|$)", "");
        add(new Problem(at.file(), at.line(), key, message));
    }

    void add(Problem problem) {
        byPlace.putIfAbsent(List.of(problem.file(), problem.line(), problem.key()), problem);
    }

    /** @throws InvalidConfigException if there is any */
    void throwIfAny() {
        if (!byPlace.isEmpty()) {
            throw new InvalidConfigException(
                    byPlace.values().stream().sorted(BY_PLACE).toList());
        }
    }
}
