package io.peekgate.model;

/** How a TLS client is told that it is refused. */
public enum OnDrop {
    /** A fatal alert (RFC 8446 section 6.2), so that the user sees an error at once, then a close. */
    ALERT,
    /** A TCP reset. */
    RESET,
    /** A silent close. */
    CLOSE
}
