package io.peekgate.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message has one line for each problem. */
public final class InvalidConfigException extends RuntimeException {
    private final transient List<Problem> problems;

    InvalidConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems;
    }

    /** All that was found; at least one, by file and line. */
    public List<Problem> problems() {
        return problems;
    }
}
