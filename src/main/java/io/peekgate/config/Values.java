package io.peekgate.config;

import io.peekgate.config.Section.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How plain values are read. */
final class Values {
    static final Duration NONE = Duration.ZERO;
    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration YEAR = Duration.ofDays(365);

    private Values() {}

    static String text(Node node) {
        return node.text()
                .orElseThrow(() -> new IllegalArgumentException("one value is expected, not " + node.shown()));
    }

    static boolean flag(Node node) {
        return node.flag().orElseThrow(() -> new IllegalArgumentException(node.shown() + " is neither true nor false"));
    }

    static Reading<Integer> number(int least, int most) {
        return node -> {
            long number = whole(text(node), least - 1L);
            require(number >= least && number <= most, node, "is no whole number " + range(least, most));
            return (int) number;
        };
    }

    static long count(Node node) {
        String text = text(node);
        require(text.matches("[0-9]{1,18}"), node, "is no count");
        return Long.parseLong(text);
    }

    static Reading<Integer> size(int least, int most) {
        return node -> {
            long bytes = node.bytes().orElse(-1L);
            require(
                    bytes >= least && bytes <= most,
                    node,
                    "is no size " + range(least, most) + " bytes; write for example 32 KiB");
            return (int) bytes;
        };
    }

    /** A bare number is refused unless it is 0: it would count as milliseconds, which hardly anybody means. */
    static Reading<Duration> duration(Duration least, Duration most) {
        return node -> {
            String text = text(node);
            boolean bare = whole(text, 0) != 0;
            Duration duration = node.duration().filter(any -> !bare).orElse(Duration.ofSeconds(-1));
            require(
                    duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
                    node,
                    "is no duration " + range(shown(least), shown(most))
                            + "; write a number and its unit: ms, s, m, h");
            return duration;
        };
    }

    /** The constants' names in lower case, with hyphens. */
    static <E extends Enum<E>> Reading<E> oneOf(Class<E> type) {
        return node -> {
            String text = text(node);
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> code(constant).equals(text))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException(node.shown() + " is none of " + codes(type)));
        };
    }

    /** Empty if the value is {@code word}. */
    static <T> Reading<Optional<T>> unless(String word, Reading<T> reading) {
        return node -> {
            if (text(node).equals(word)) {
                return Optional.empty();
            }
            try {
                return Optional.of(reading.of(node));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(e.getMessage() + ", or " + word, e);
            }
        };
    }

    static void require(boolean holds, Node node, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(node.shown() + ' ' + complaint);
        }
    }

    private static long whole(String text, long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static String range(Object least, Object most) {
        return "from " + least + " to " + most;
    }

    private static String shown(Duration duration) {
        return duration.toSeconds() == 0
                ? duration.toMillis() + "ms"
                : duration.toDays() > 0 ? duration.toDays() + "d" : duration.toSeconds() + "s";
    }

    private static <E extends Enum<E>> String codes(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Values::code).collect(Collectors.joining(", "));
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
