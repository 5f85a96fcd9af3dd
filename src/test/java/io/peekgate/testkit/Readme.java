package io.peekgate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The README, as its tests read it: blocks of code by their language, transcripts by their commands. */
public final class Readme {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+(?: \\w+)?)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final String text;

    /**
     * A command of a transcript and what it prints.
     *
     * @param output line by line; {@code …} stands for anything within a line, and alone for any lines
     */
    public record Command(String line, List<String> output) {
        /** Whether this is what came. */
        public boolean prints(String actual) {
            String pattern = output.stream()
                    .map(line -> line.equals("…") ? "(?:.*\n)*?" : literal(line) + "\n")
                    .collect(Collectors.joining());
            return Pattern.matches(pattern, actual);
        }

        private static String literal(String line) {
            return Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        }
    }

    private Readme(String text) {
        this.text = text;
    }

    public static Readme read() throws IOException {
        return new Readme(Files.readString(Path.of("README.md")));
    }

    public String text() {
        return text;
    }

    /** The blocks in this language, in order; one that a test looks for has a word of its own after that. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** All commands of all transcripts ({@code console}), in order. */
    public List<Command> transcript() {
        List<Command> commands = new ArrayList<>();
        for (String block : blocks("console")) {
            block.lines().forEach(line -> {
                if (line.startsWith("$ ")) {
                    commands.add(new Command(line.substring(2), new ArrayList<>()));
                } else {
                    commands.get(commands.size() - 1).output().add(line);
                }
            });
        }
        return commands;
    }

    /** The files that it links to. */
    public List<Path> links() {
        return LINK.matcher(text).results().map(link -> Path.of(link.group(1))).toList();
    }
}
