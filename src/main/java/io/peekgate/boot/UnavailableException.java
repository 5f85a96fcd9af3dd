package io.peekgate.boot;

/** The configuration asks for something that this machine or user has not; the message names the key and the mend. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean forbidden;

    UnavailableException(String message) {
        this(message, false);
    }

    private UnavailableException(String message, boolean forbidden) {
        super(message);
        this.forbidden = forbidden;
    }

    /** A right is missing. */
    static UnavailableException forbidden(String message) {
        return new UnavailableException(message, true);
    }

    /** The right is missing, rather than the thing. */
    public boolean isForbidden() {
        return forbidden;
    }
}
