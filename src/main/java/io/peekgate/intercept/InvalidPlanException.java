package io.peekgate.intercept;

/** What is asked for makes no sense; the message says why, and the mend. */
public final class InvalidPlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidPlanException(String message) {
        super(message);
    }
}
