package io.peekgate.boot;

/** The configuration asks for something that this machine has not; the message names the key and the mend. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
