package io.peekgate.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of a list that people write: a pattern, and behind {@code #} why it is there.
 *
 * @param line from 1
 * @param text all of it
 */
public record PatternLine(int line, String text, String pattern, Optional<String> reason) {
    /** A pattern may have a # within. */
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#");

    /** The lines that have a pattern. */
    public static List<PatternLine> of(List<String> lines) {
        List<PatternLine> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).strip();
            String[] parts = COMMENT.split(text, 2);
            String pattern = parts[0].strip();
            if (!pattern.isEmpty()) {
                Optional<String> reason = parts.length > 1 ? Optional.of(parts[1].strip()) : Optional.empty();
                found.add(new PatternLine(i + 1, text, pattern, reason.filter(why -> !why.isEmpty())));
            }
        }
        return found;
    }
}
