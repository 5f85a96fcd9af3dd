package io.peekgate.intercept;

/** This host cannot do it, and nothing was changed unless the message says so; it says why, and the mend. */
public final class InterceptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean forbidden;

    InterceptException(String message, boolean forbidden) {
        super(message);
        this.forbidden = forbidden;
    }

    /** The right is missing, rather than something else. */
    public boolean isForbidden() {
        return forbidden;
    }
}
