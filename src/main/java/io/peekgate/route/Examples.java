package io.peekgate.route;

import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Names by which a person sees what a pattern does: its domain, names some labels below, and one that merely ends in the same
 * letters. Which of them match is not known here: the matcher has to say.
 */
public final class Examples {
    private static final String ANY_DOMAIN = "example";
    private static final String STAR_LABEL = "*.";

    private Examples() {}

    /**
     * Some names, each once; none for an expression that has no name in it.
     *
     * @throws IllegalArgumentException naming the pattern, what is wrong with it, and the mend
     */
    public static List<ServerName> near(String pattern) {
        return around(
                        RegexPattern.isOne(pattern)
                                ? nameIn(pattern)
                                : HostPattern.parse(pattern).name())
                .stream()
                .flatMap(Examples::valid)
                .toList();
    }

    /** The letters that every match contains; something like a name in most expressions. */
    private static String nameIn(String expression) {
        String literal = RegexLiteral.of(expression.substring(1)).replaceAll(":\\d*$|^\\.|\\.$", "");
        return literal.isEmpty() ? "\0" : literal;
    }

    private static Set<String> around(String name) {
        int stars = 0;
        while (name.startsWith(STAR_LABEL, STAR_LABEL.length() * stars)) {
            stars++;
        }
        String rest = name.substring(STAR_LABEL.length() * stars);
        String domain = rest.isEmpty() ? ANY_DOMAIN : rest.replace('*', 'a');
        Set<String> names = new LinkedHashSet<>();
        new TreeSet<>(List.of(0, 1, 2, stars, stars + 1)).forEach(depth -> names.add(below(depth) + domain));
        names.add("not" + domain);
        if (rest.indexOf('*') >= 0) {
            names.add(rest.replace("*", "b.a"));
        }
        return names;
    }

    /** So many labels, as in {@code b.a.} */
    private static String below(int depth) {
        List<String> labels = new ArrayList<>();
        for (int i = depth - 1; i >= 0; i--) {
            labels.add((char) ('a' + i % 26) + ".");
        }
        return String.join("", labels);
    }

    private static Stream<ServerName> valid(String name) {
        try {
            return Stream.of(ServerName.of(name));
        } catch (Refusal tooLong) {
            return Stream.empty();
        }
    }
}
