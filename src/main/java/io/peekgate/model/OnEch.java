package io.peekgate.model;

/** What a policy makes of an {@code encrypted_client_hello} extension, behind which another name may stand. */
public enum OnEch {
    /** Nothing: it is not even told. */
    ALLOW,
    /** The report tells of it. */
    FLAG,
    /** A connection that would pass is refused if it {@linkplain ClientHello.Ech#mayBeReal may be real}. */
    DENY
}
