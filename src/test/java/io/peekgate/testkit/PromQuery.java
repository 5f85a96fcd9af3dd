package io.peekgate.testkit;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an expression of PromQL asks for, as far as a test of names needs it.
 *
 * @param selectors of series
 * @param grouping labels by which it groups
 */
public record PromQuery(List<Selector> selectors, Set<String> grouping) {
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\b(?!\\s*\\()(?:\\{([^}]*)})?(?:\\[\\w+])?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** A label that must be there, and be like this. */
    private record Matching(String label, String operator, String value) {
        boolean holds(Scrape.Series series) {
            String actual = series.labels().get(label);
            return actual != null
                    && switch (operator) {
                        case "=" -> actual.equals(value);
                        case "!=" -> !actual.equals(value);
                        case "=~" -> actual.matches(value);
                        default -> !actual.matches(value);
                    };
        }
    }

    /** A name, and what the labels must be. */
    public record Selector(String name, List<Matching> matchings) {
        private static Selector of(MatchResult found) {
            Stream<MatchResult> matchers = found.group(2) == null
                    ? Stream.empty()
                    : MATCHER.matcher(found.group(2)).results();
            return new Selector(
                    found.group(1),
                    matchers.map(part -> new Matching(part.group(1), part.group(2), part.group(3)))
                            .toList());
        }

        /** Whether it is meant. */
        public boolean selects(Scrape.Series series) {
            return series.name().equals(name) && matchings.stream().allMatch(matching -> matching.holds(series));
        }
    }

    public static PromQuery parse(String expression) {
        String rest = GROUPING.matcher(expression).replaceAll(" ");
        return new PromQuery(
                SELECTOR.matcher(rest)
                        .results()
                        .map(Selector::of)
                        .filter(selector -> !WORDS.contains(selector.name()))
                        .toList(),
                GROUPING.matcher(expression)
                        .results()
                        .flatMap(labels -> Stream.of(labels.group(1).split("\\s*,\\s*")))
                        .collect(Collectors.toSet()));
    }
}
