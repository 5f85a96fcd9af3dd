package io.peekgate.route;

import java.util.Locale;

/**
 * The longest text that every match of a regular expression contains, in lower case: where a name lacks it, the
 * expression need not run. It is looked for outside of groups and classes only, which is where expressions for host names
 * have it, and whatever is not known for certain ends the search: an empty text is always right.
 */
final class RegexLiteral {
    private final String expression;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int at;

    private RegexLiteral(String expression) {
        this.expression = expression;
    }

    /** Empty if there is none, or none that is certain. */
    static String of(String expression) {
        RegexLiteral literal = new RegexLiteral(expression);
        return literal.read() ? literal.longest.toLowerCase(Locale.ROOT) : "";
    }

    /** Whether the expression was understood to its end. */
    private boolean read() {
        while (at < expression.length()) {
            char c = expression.charAt(at++);
            boolean known = switch (c) {
                case '|' -> false;
                case '\\' -> readEscape();
                case '(' -> skipGroup();
                case '[' -> skipClass();
                default -> readPlain(c);
            };
            if (!known) {
                return false;
            }
        }
        endRun();
        return true;
    }

    private boolean readPlain(char c) {
        switch (c) {
            case '?', '*', '{' -> dropLast(c);
            case '.', '^', '$', '+', '}', ')', ']' -> endRun();
            default -> take(c);
        }
        return true;
    }

    private void take(char c) {
        if (c < 0x80) {
            run.append(c);
        } else {
            endRun(); // an engine may take it for a variant of an ASCII letter
        }
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    /** What may be there no times at all. */
    private void dropLast(char quantifier) {
        if (run.length() > 0) {
            run.setLength(run.length() - 1);
        }
        endRun();
        if (quantifier == '{') {
            int end = expression.indexOf('}', at);
            at = end < 0 ? at : end + 1;
        }
    }

    /** A class such as \d ends the run; other letters and digits may take more characters with them. */
    private boolean readEscape() {
        if (at == expression.length()) {
            return false;
        }
        char c = expression.charAt(at++);
        if ("dDwWsSbB".indexOf(c) >= 0) {
            endRun();
            return true;
        }
        if (Character.isLetterOrDigit(c)) {
            return false;
        }
        take(c);
        return true;
    }

    /** Of a group only the end is of interest, and whether it sets flags for what follows. */
    private boolean skipGroup() {
        endRun();
        boolean marked = expression.startsWith("?", at) && at + 1 < expression.length();
        if (marked && ":=!<".indexOf(expression.charAt(at + 1)) < 0) {
            return false;
        }
        int depth = 1;
        while (depth > 0 && at < expression.length()) {
            char c = expression.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean known = switch (c) {
                case '\\' -> !expression.startsWith("Q", at++);
                case '[' -> skipClass();
                default -> true;
            };
            if (!known) {
                return false;
            }
        }
        return depth == 0;
    }

    /** A class within a class, or one whose first character ends it, is left to the engines. */
    private boolean skipClass() {
        endRun();
        int first = expression.startsWith("^", at) ? at + 1 : at;
        for (at = first; at < expression.length(); at++) {
            char c = expression.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '[' || (c == ']' && at == first)) {
                return false;
            } else if (c == ']') {
                at++;
                return true;
            }
        }
        return false;
    }
}
