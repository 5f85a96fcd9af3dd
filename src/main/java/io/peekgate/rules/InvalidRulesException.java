package io.peekgate.rules;

import java.util.List;

/** The rules cannot be used. The message has one line for each problem, which names its place and the mend. */
public final class InvalidRulesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRulesException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
