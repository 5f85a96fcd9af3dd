package io.peekgate.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Values as both forms of a line show them, in printable ASCII. */
final class Plain {
    private static final int FEW = 8;

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Plain() {}

    /** ISO-8601 in UTC, always with milliseconds. */
    static String time(Instant time) {
        return MILLISECONDS.format(time);
    }

    /** Milliseconds with at most 3 decimals, rounded to the nearest microsecond; never in exponent form. */
    static String millis(long nanos) {
        return BigDecimal.valueOf((nanos + 500) / 1000, 3).stripTrailingZeros().toPlainString();
    }

    /**
     * The last guard of a line: whatever a stage forgot to escape becomes {@code \}{@code uXXXX}. Backslashes stay as
     * they are, since most texts come escaped already.
     */
    static String ascii(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }

    /** The first of them, and how many more there are: a client may list as many as its hello holds. */
    static List<String> few(List<String> values) {
        return values.size() <= FEW
                ? values
                : Stream.concat(values.stream().limit(FEW), Stream.of("+" + (values.size() - FEW) + " more"))
                        .toList();
    }
}
