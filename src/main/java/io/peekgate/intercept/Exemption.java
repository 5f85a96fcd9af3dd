package io.peekgate.intercept;

/**
 * How the gateway's own packets are known.
 *
 * @param isUser by the user that sent them; else by their mark
 * @param number the user's or the mark, from 0 for a user and 1 for a mark, to 2^32 - 1
 */
public record Exemption(boolean isUser, long number) {
    private static final long MOST = 0xFFFF_FFFFL;

    public Exemption {
        if (number < (isUser ? 0 : 1) || number > MOST) {
            throw new InvalidPlanException(
                    (isUser ? "--exempt-uid: " : "--exempt-mark: ") + number + " is out of range");
        }
    }

    public static Exemption user(long uid) {
        return new Exemption(true, uid);
    }

    public static Exemption mark(long mark) {
        return new Exemption(false, mark);
    }

    /** For people. */
    String text() {
        return (isUser ? "of user " : "with mark ") + number;
    }
}
