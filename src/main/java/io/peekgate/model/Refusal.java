package io.peekgate.model;

/**
 * The only way a stage says no: a reason, what exactly was wrong, and what to answer the client, if its protocol has
 * an answer. It carries no stack trace, since it is an outcome and no error, and one is made for each refused
 * connection.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};

    private final CloseReason reason;
    private final String detail;
    private final transient byte[] answer;

    /** A refusal that is answered as the policy's on-drop says. */
    public Refusal(CloseReason reason, String detail) {
        this(reason, detail, NOTHING);
    }

    /**
     * @param detail what was wrong, already {@link Printable}; empty if the reason says it all
     * @param answer bytes for the client before the close, in its own protocol; empty for none
     */
    public Refusal(CloseReason reason, String detail, byte[] answer) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
        this.detail = detail;
        this.answer = answer;
    }

    public CloseReason reason() {
        return reason;
    }

    /** What was wrong, for people; empty if the reason says it all. */
    public String detail() {
        return detail;
    }

    /** What to send before the close; empty for none. The array is not copied: do not change it. */
    public byte[] answer() {
        return answer;
    }
}
