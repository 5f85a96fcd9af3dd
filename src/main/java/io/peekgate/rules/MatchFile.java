package io.peekgate.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A list of patterns: one a line, {@code #} begins a comment. A line of a hosts file ({@code 0.0.0.0 ads.example})
 * stands for the names behind its address; the names that every hosts file gives to the machine itself are passed over.
 */
final class MatchFile {
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?");
    private static final Set<String> OWN_NAMES = Set.of(
            "localhost",
            "localhost.localdomain",
            "local",
            "broadcasthost",
            "ip6-localhost",
            "ip6-loopback",
            "ip6-localnet",
            "ip6-mcastprefix",
            "ip6-allnodes",
            "ip6-allrouters",
            "ip6-allhosts",
            "0.0.0.0");

    private MatchFile() {}

    /** The patterns in the file's order, each with its place in {@code places} as {@code file:line}. */
    static List<String> read(Path file, List<String> places) {
        List<String> patterns = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            int[] number = {0};
            lines.forEach(line -> {
                number[0]++;
                for (String pattern : patternsIn(line)) {
                    patterns.add(pattern);
                    places.add(file + ":" + number[0]);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return patterns;
    }

    private static List<String> patternsIn(String line) {
        String text = COMMENT.matcher(line).replaceFirst("").strip();
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> words = List.of(SPACE.split(text));
        if (text.startsWith("~")
                || words.size() == 1
                || !ADDRESS.matcher(words.get(0)).matches()) {
            return List.of(text);
        }
        return words.stream().skip(1).filter(name -> !OWN_NAMES.contains(name)).toList();
    }
}
