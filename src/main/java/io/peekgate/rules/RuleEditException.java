package io.peekgate.rules;

/** An edit does not fit the rules as they are. */
public final class RuleEditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        NO_SUCH_RULE,
        /** Somebody else has changed it since it was read. */
        CHANGED
    }

    private final Kind kind;

    RuleEditException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
