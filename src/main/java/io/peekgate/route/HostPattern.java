package io.peekgate.route;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import java.util.Locale;

/**
 * A pattern for host names in canonical form. {@code **} is held as {@link Kind#BELOW} the root, whose name is empty.
 *
 * @param name lower-case ASCII, without what tells the kind; with its stars if {@link Kind#STARRED}
 */
record HostPattern(Kind kind, String name) {

    /** A name and what tells its kind. To look for the mistake in a longer text would take too long. */
    private static final int LONGEST = 256;

    private static final int SHOWN = 64;

    enum Kind {
        /** {@code a.example}: this name. */
        EXACT,
        /** {@code *.a.*}: each star is exactly one label. */
        STARRED,
        /** {@code .a.example}: this name and all names below it. */
        DOMAIN,
        /** {@code **.a.example}: all names below it, but not itself. */
        BELOW
    }

    /**
     * Reads a pattern as people write it.
     *
     * @throws IllegalArgumentException naming the pattern, what is wrong with it, and the mend
     */
    static HostPattern parse(String text) {
        if (text.length() > LONGEST) {
            throw Complaint.about(
                    "pattern",
                    text.substring(0, SHOWN) + "...",
                    "it has " + text.length() + " characters, and names have at most 253",
                    "write one name, or \"~\" and a regular expression");
        }
        try {
            return parsed(text);
        } catch (Refusal noName) {
            throw PatternMistake.complaint(text, noName.detail());
        }
    }

    private static HostPattern parsed(String text) {
        if (text.equals("**")) {
            return new HostPattern(Kind.BELOW, "");
        }
        if (text.startsWith("**.")) {
            return new HostPattern(
                    Kind.BELOW, HostNames.canonical(text.substring(3)).value());
        }
        if (text.startsWith(".")) {
            return new HostPattern(
                    Kind.DOMAIN, HostNames.canonical(text.substring(1)).value());
        }
        return text.indexOf('*') < 0
                ? new HostPattern(Kind.EXACT, HostNames.canonical(text).value())
                : new HostPattern(Kind.STARRED, starred(HostNames.toAscii(text)));
    }

    private static String starred(String text) {
        if (PatternMistake.ADDRESS.isIn(text) || PatternMistake.PART_STAR.isIn(text)) {
            throw new Refusal(CloseReason.BAD_NAME, "");
        }
        ServerName.of(text.replace('*', 'x'));
        return text.toLowerCase(Locale.ROOT);
    }
}
