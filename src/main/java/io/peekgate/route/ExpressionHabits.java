package io.peekgate.route;

import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people leave out of regular expressions for host names: anchors, and backslashes before dots. */
final class ExpressionHabits {
    /** What a dot or an anchor would mean something else in. */
    private static final Pattern HIDDEN = Pattern.compile("\\\\.|\\[\\^?\\]?(?:\\\\.|[^\\]\\\\])*\\]");

    private static final Pattern BARE_DOT = Pattern.compile("(?<=[A-Za-z0-9-])(?<!\\\\[A-Za-z0-9])\\.(?=[A-Za-z0-9-])");
    private static final Pattern LITERAL_NAME = Pattern.compile("(?:[A-Za-z0-9_-]|\\\\?\\.)+");

    /** Nobody writes a rule for it. */
    private static final Request UNLIKELY = new Request(
            "",
            InetAddress.getLoopbackAddress(),
            Optional.of(ServerName.of("q7zj-x0.kq9-vw8")),
            65_535,
            List.of(),
            Optional.empty(),
            Ech.NONE);

    private ExpressionHabits() {}

    /** What is so, and its mend; empty if all is well. */
    static Map<String, String> of(String expression) {
        Map<String, String> found = new LinkedHashMap<>();
        String bare = HIDDEN.matcher(expression).replaceAll("\0");
        if (BARE_DOT.matcher(bare).find()) {
            String escaped = BARE_DOT.matcher(expression).replaceAll("\\\\.");
            found.put("has a dot that matches any character", "write \"~" + escaped + "\"");
        }
        boolean looks = bare.contains("(?=") || bare.contains("(?!") || bare.contains("(?<");
        boolean begins = bare.contains("^") || expression.contains("\\b");
        boolean ends = bare.contains("$") || bare.contains(":") || expression.contains("\\b");
        if (!looks && !(begins && ends)) {
            found.put("also matches within longer names, since it is not anchored", anchored(expression));
        }
        return found;
    }

    private static String anchored(String expression) {
        return LITERAL_NAME.matcher(expression).matches()
                ? "write \"." + expression.replace("\\", "") + "\" without \"~\" for that name and all below it"
                : "write \"^\" or \"^(.+\\.)?\" at its beginning and \":\" or \":443$\" at its end";
    }

    /** Whether it matches a name that nobody thought of, without being meant as "everything but". */
    static boolean matchesNearlyAll(String pattern) {
        if (RegexShape.of(pattern).negative()) {
            return false;
        }
        try {
            return RegexPattern.parse(pattern)
                    .matches(new Subject(UNLIKELY, UNLIKELY.name().orElseThrow()));
        } catch (RegexPattern.OutOfSteps unknown) {
            return false;
        }
    }
}
