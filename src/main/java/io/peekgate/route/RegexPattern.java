package io.peekgate.route;

import com.google.re2j.Pattern;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression, found anywhere and without regard to case in {@code name:port} or, where the address that the
 * client dialled is known, in {@code ip:port}. One of the two suffices; but an expression with a negative lookahead or
 * lookbehind means "everything but" and must be found in both, since no address has the name that it excludes.
 *
 * <p>RE2/J runs what it knows, in time that is bounded by the sizes of program and text. It knows no lookaround and no
 * back-references: those are run by {@code java.util.regex}, which may take exponential time and so gets
 * {@value #MAX_STEPS} steps, a step being one look at a character. Either way it is a few milliseconds at the worst.
 */
final class RegexPattern {
    static final int MAX_STEPS = 100_000;

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_UNROLLED = 100_000;
    private static final int MAX_PROGRAM = 1_000;

    private final String literal;
    private final long needed;
    private final Predicate<String> engine;
    private final boolean negative;

    /** An expression, without its {@code ~}, run by an engine. */
    RegexPattern(String expression, Predicate<String> engine) {
        this.literal = RegexLiteral.of(expression);
        this.needed = Trigrams.of(literal);
        this.engine = engine;
        this.negative = RegexShape.of(expression).negative();
    }

    /** Whether a pattern is to be read by this class: it begins with {@code ~}. */
    static boolean isOne(String pattern) {
        return pattern.startsWith("~");
    }

    /**
     * @param pattern with its {@code ~}
     * @throws IllegalArgumentException naming the pattern, what is wrong with it, and the mend
     */
    static RegexPattern parse(String pattern) {
        String expression = pattern.substring(1);
        if (expression.isBlank()) {
            throw Complaint.about(
                    "pattern", pattern, "there is no expression after \"~\"", "write \"**\" for any name");
        }
        if (expression.length() > MAX_LENGTH) {
            throw tooLarge(pattern);
        }
        RegexShape shape = RegexShape.of(expression);
        if (shape.repeats() * expression.length() > MAX_UNROLLED) {
            throw tooLarge(pattern);
        }
        return new RegexPattern(expression, engine(pattern, expression));
    }

    /**
     * Whether it matches.
     *
     * @throws OutOfSteps if that cannot be told in time
     */
    boolean matches(Subject subject) {
        if (!subject.mayContain(needed)) {
            return false;
        }
        boolean inName = isIn(subject.nameAndPort());
        boolean decided = inName != negative || !subject.hasAddress();
        return decided ? inName : isIn(subject.addressAndPort());
    }

    /** The {@link Trigrams} without which it does not match. */
    long needed() {
        return needed;
    }

    /** The engine runs only where the text has the part that each match must have. */
    private boolean isIn(String text) {
        return text.contains(literal) && engine.test(text);
    }

    private static Predicate<String> engine(String pattern, String expression) {
        try {
            Pattern linear = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
            if (linear.programSize() > MAX_PROGRAM) {
                throw tooLarge(pattern);
            }
            return text -> linear.matcher(text).find();
        } catch (com.google.re2j.PatternSyntaxException unknownToRe2) {
            return backtracking(pattern, expression);
        }
    }

    private static Predicate<String> backtracking(String pattern, String expression) {
        try {
            java.util.regex.Pattern compiled =
                    java.util.regex.Pattern.compile(expression, java.util.regex.Pattern.CASE_INSENSITIVE);
            return text -> found(compiled, text);
        } catch (PatternSyntaxException wrong) {
            throw Complaint.about(
                    "pattern",
                    pattern,
                    "it is no regular expression: " + wrong.getDescription() + " at character "
                            + (wrong.getIndex() + 2),
                    "write one as java.util.regex knows it, with a backslash before what is meant literally");
        }
    }

    private static boolean found(java.util.regex.Pattern compiled, String text) {
        try {
            return compiled.matcher(new Steps(text)).find();
        } catch (StackOverflowError tooDeep) {
            throw new OutOfSteps();
        }
    }

    private static IllegalArgumentException tooLarge(String pattern) {
        return Complaint.about(
                "pattern", pattern, "the expression is too large", "split it into several, or repeat less in it");
    }

    /** An expression did not come to an end; neither "match" nor "no match" is known. */
    static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OutOfSteps() {
            super("out of steps", null, false, false);
        }
    }

    /** A text that can be looked at {@link #MAX_STEPS} times. */
    private static final class Steps implements CharSequence {
        private final String text;
        private int left = MAX_STEPS;

        Steps(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (left-- == 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
