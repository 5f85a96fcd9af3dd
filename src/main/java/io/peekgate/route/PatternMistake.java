package io.peekgate.route;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What people write for a host pattern by mistake, the likeliest reading first, and what they should write instead. */
enum PatternMistake {
    EMPTY("^$", "it is empty", text -> "write \"**\" for any name"),
    SPACE("\\s", "it has white space", text -> "write one name, with nothing before or after it"),
    ADDRESS(
            "^(\\.|\\*\\*\\.)?([0-9.*]*[0-9][0-9.*]*|\\[?[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*\\]?)([:/][0-9]+)?$",
            "it is an address, and SNI carries names only",
            text ->
                    "write \"~\" and a regular expression on ip:port for the address that the client dialled, or sources"
                            + " for the client's own"),
    URL("/", "it has a slash", text -> "write the host name alone, without scheme and path"),
    EXPRESSION(
            "[\\^$\\\\()\\[\\]|+?{}]",
            "it looks like a regular expression",
            text -> "write \"~" + text + "\" if it is one"),
    PORT(":", "it has a port", text -> {
        int colon = text.indexOf(':');
        return "write \"" + text.substring(0, colon) + "\" and ports = [" + text.substring(colon + 1) + "]";
    }),
    DOT_AT_END(
            "\\.$",
            "it ends with a dot, which names in SNI do not have",
            text -> "write \"" + text.replaceFirst("\\.+$", "") + "\""),
    STARS_BELOW(
            "^(\\*\\*)?\\..*\\*",
            "it mixes stars with a leading \".\" or \"**.\"",
            text -> "write a name without stars behind it, or one \"*\" for each label"),
    DOUBLE_STAR(
            "(^|\\.)\\*\\*(\\.|$)",
            "\"**\" is not at its beginning",
            text -> "write \"*\" for exactly one label, or \"**.\" in front for any number"),
    PART_STAR(
            "[^.]\\*|\\*[^.]",
            "a star stands for a whole label, not for a part of one",
            text -> "write \"~^" + text.replace(".", "\\.").replaceAll("\\*+", "[^.]*") + ":\""),
    OTHER_LETTERS(
            "[^\\x00-\\x7f]",
            "its letters have no certain ASCII form",
            text -> "write it as browsers send it, with labels that begin with \"xn--\"");

    private final Pattern sign;
    private final String problem;
    private final UnaryOperator<String> mend;

    PatternMistake(String sign, String problem, UnaryOperator<String> mend) {
        this.sign = Pattern.compile(sign);
        this.problem = problem;
        this.mend = mend;
    }

    boolean isIn(String text) {
        return sign.matcher(text).find();
    }

    /**
     * What to say of a pattern that is none.
     *
     * @param detail what is wrong in the words of the name's own check, for mistakes that are not known here
     */
    static IllegalArgumentException complaint(String text, String detail) {
        for (PatternMistake mistake : values()) {
            if (mistake.isIn(text)) {
                return Complaint.about("pattern", text, mistake.problem, mistake.mend.apply(text));
            }
        }
        return Complaint.about(
                "pattern", text, "it is no host name, but " + detail, "write a name such as \"www.example.com\"");
    }
}
