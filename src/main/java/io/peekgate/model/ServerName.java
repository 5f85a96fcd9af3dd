package io.peekgate.model;

import java.util.Locale;

/**
 * A host name in the one canonical form that matcher, resolver, cache, log and API share: lower-case ASCII letters,
 * digits, hyphens and underscores in labels of 1 to 63, at most 253 characters in all, no label with a hyphen at
 * either end, no dot at either end, and a last label that is no number, so that no resolver can take the name for an
 * address (RFC 1123 section 2.1, RFC 6066 section 3).
 */
public final class ServerName {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    private static final int SHOWN = 64;

    private final String value;

    private ServerName(String value) {
        this.value = value;
    }

    /**
     * The canonical form of a name.
     *
     * @param text the name; one character a byte where it comes from the wire
     * @throws Refusal {@link CloseReason#NAME_IS_ADDRESS} or {@link CloseReason#BAD_NAME}
     */
    public static ServerName of(String text) {
        if (text.indexOf(':') >= 0 && looksLikeIpv6(text)) {
            throw new Refusal(CloseReason.NAME_IS_ADDRESS, shown(text));
        }
        String problem = problem(text);
        if (problem != null) {
            throw new Refusal(CloseReason.BAD_NAME, problem + ": " + shown(text));
        }
        if (isNumber(text, text.lastIndexOf('.') + 1)) {
            throw new Refusal(CloseReason.NAME_IS_ADDRESS, shown(text));
        }
        return new ServerName(text.toLowerCase(Locale.ROOT));
    }

    /** The canonical text. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerName name && name.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private static String shown(String text) {
        return '"' + Printable.of(text, SHOWN) + '"';
    }

    private static String problem(String text) {
        if (text.isEmpty()) {
            return "an empty name";
        }
        if (text.length() > MAX_LENGTH) {
            return "a name of " + text.length() + " characters";
        }
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            String problem = labelProblem(text, start, dot);
            if (problem != null) {
                return problem;
            }
            start = dot + 1;
        }
        return labelProblem(text, start, text.length());
    }

    private static String labelProblem(String text, int from, int to) {
        if (from == to) {
            return "an empty label";
        }
        if (to - from > MAX_LABEL) {
            return "a label of " + (to - from) + " characters";
        }
        if (text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return "a hyphen at an end of a label";
        }
        for (int i = from; i < to; i++) {
            if (!isNameCharacter(text.charAt(i))) {
                return "a character that no host name has";
            }
        }
        return null;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Decimal or 0x-hex, which inet_aton would take for a part of an address. */
    private static boolean isNumber(String text, int from) {
        boolean hex = text.startsWith("0x", from) || text.startsWith("0X", from);
        for (int i = hex ? from + 2 : from; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), hex ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeIpv6(String text) {
        int colons = 0;
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        for (int i = bracketed ? 1 : 0; i < text.length() - (bracketed ? 1 : 0); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
            } else if (c == '%') {
                break;
            } else if (c != '.' && Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return colons >= 2;
    }
}
