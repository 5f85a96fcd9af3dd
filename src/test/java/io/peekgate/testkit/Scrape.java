package io.peekgate.testkit;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus reads of a gateway.
 *
 * @param series in the order in which they came
 */
public record Scrape(List<Series> series) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:\\\\.|[^\"\\\\])*)\"");

    /** One line of it. */
    public record Series(String name, Map<String, String> labels, double value) {
        private static Series parse(String line) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new AssertionError("no series: " + line);
            }
            String labels = parts.group(2) == null ? "" : parts.group(2);
            return new Series(
                    parts.group(1),
                    LABEL.matcher(labels).results().collect(Collectors.toMap(label -> label.group(1), Series::value)),
                    Double.parseDouble(parts.group(3).replace("+Inf", "Infinity")));
        }

        private static String value(MatchResult label) {
            return label.group(2);
        }

        /** Whether it has all of these labels. */
        public boolean has(Map<String, String> wanted) {
            return labels.entrySet().containsAll(wanted.entrySet());
        }
    }

    public static Scrape parse(String text) {
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Series::parse)
                .toList());
    }

    /** Those of that name. */
    public List<Series> of(String name) {
        return series.stream().filter(one -> one.name().equals(name)).toList();
    }

    /** The sum of those of that name which have these labels. */
    public double sum(String name, Map<String, String> labels) {
        return of(name).stream()
                .filter(one -> one.has(labels))
                .mapToDouble(Series::value)
                .sum();
    }
}
