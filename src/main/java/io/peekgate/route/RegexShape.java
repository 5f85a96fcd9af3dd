package io.peekgate.route;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be known of a regular expression before it is compiled.
 *
 * @param negative whether it has a negative lookahead or lookbehind
 * @param repeats how often its most repeated part is repeated by counts, which nested counts multiply: RE2/J unrolls
 *     them, so that {@code ((a{1000}){1000}){1000}} would take all memory
 */
record RegexShape(boolean negative, long repeats) {
    private static final long MANY = 1_000_000;

    /** Quotations, escapes and classes come first, since they hide what they contain. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\\\Q.*?(?:\\\\E|$)|\\\\.|\\[\\^?\\]?(?:\\\\.|[^\\]\\\\])*\\]"
                    + "|\\((?<negative>\\?<?!)?|\\{(?<min>\\d+)(?:,(?<max>\\d*))?\\}|.",
            Pattern.DOTALL);

    static RegexShape of(String expression) {
        boolean negative = false;
        Deque<Long> groups = new ArrayDeque<>();
        groups.push(1L);
        long last = 1;
        for (Matcher token = TOKEN.matcher(expression); token.find(); ) {
            negative |= token.group("negative") != null;
            switch (token.group().charAt(0)) {
                case '(' -> {
                    last = 1;
                    groups.push(last);
                }
                case ')' -> last = groups.size() > 1 ? groups.pop() : 1;
                case '{' -> last = Math.min(MANY, last * count(token));
                default -> last = 1;
            }
            groups.push(Math.max(groups.pop(), last));
        }
        return new RegexShape(negative, Collections.max(groups));
    }

    private static long count(Matcher token) {
        String max = token.group("max");
        String count = max == null || max.isEmpty() ? token.group("min") : max;
        return count == null ? 1 : count.length() > 6 ? MANY : Long.parseLong(count);
    }
}
