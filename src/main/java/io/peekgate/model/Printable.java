package io.peekgate.model;

/** Makes bytes from the wire fit for people: printable ASCII stays, everything else becomes {@code \xNN}. */
public final class Printable {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Printable() {}

    /**
     * The text with every character beyond printable ASCII escaped, and {@code ...} at its end where it was cut.
     *
     * @param limit how many characters of {@code text} to show at most
     */
    public static String of(CharSequence text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 8);
        for (int i = 0; i < text.length() && i < limit; i++) {
            append(out, text.charAt(i));
        }
        return text.length() > limit ? out.append("...").toString() : out.toString();
    }

    private static void append(StringBuilder out, char c) {
        if (c == '\\') {
            out.append("\\\\");
        } else if (c >= 0x20 && c < 0x7f) {
            out.append(c);
        } else if (c <= 0xff) {
            out.append("\\x").append(HEX[c >> 4]).append(HEX[c & 15]);
        } else {
            out.append("\\u")
                    .append(HEX[c >> 12])
                    .append(HEX[c >> 8 & 15])
                    .append(HEX[c >> 4 & 15])
                    .append(HEX[c & 15]);
        }
    }
}
