package io.peekgate.cli;

import io.peekgate.config.RuleConfig;
import io.peekgate.rules.PatternLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peekgate rules add}: a rule for each pattern. */
@Command(name = "add", description = "Add a rule for each pattern, all of them or none; they pass unless told.")
final class RulesAddCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private RuleEdits edits;

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..*",
            description = "Names as in match; - takes them from standard input.")
    private List<String> patterns = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Take patterns from a file, or - for standard input: one a line, with its reason behind a #.")
    private String file;

    @Option(names = "--action", paramLabel = "ACTION", description = "passthrough or drop.")
    private String action;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
    private String reason;

    @Option(
            names = "--with",
            paramLabel = "KEY=VALUE",
            description = "Any key of a rule, such as ports=[443,8443] or sources=10.0.0.0/8.")
    private List<String> settings = List.of();

    @Option(names = "--before", paramLabel = "ID", description = "Put them before this rule, not behind all others.")
    private String before;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BatchText changes = new BatchText();
        List<PatternLine> lines = PatternLine.of(lines());
        if (lines.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no pattern; name at least one, or -f FILE, or -");
        }
        lines.forEach(line -> changes.add(rule(line), Optional.ofNullable(before)));
        return edits.apply(
                changes,
                ids -> IntStream.range(0, ids.size())
                        .mapToObj(
                                i -> "added " + ids.get(i) + " " + lines.get(i).pattern() + "\n")
                        .collect(Collectors.joining()));
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String pattern : patterns) {
            lines.addAll(pattern.equals(STANDARD_INPUT) ? read(pattern) : List.of(pattern));
        }
        if (file != null) {
            lines.addAll(read(file));
        }
        return lines;
    }

    private static List<String> read(String file) throws IOException {
        try (TextInput input = TextInput.of(file)) {
            return input.rest().lines().toList();
        }
    }

    private RuleConfig rule(PatternLine line) {
        List<String> keys = new ArrayList<>(List.of("match=" + line.pattern()));
        Optional.ofNullable(action).ifPresent(value -> keys.add("action=" + value));
        line.reason().or(() -> Optional.ofNullable(reason)).ifPresent(value -> keys.add("reason=" + value));
        keys.addAll(settings);
        return edits.language().read(keys, "rule for " + line.pattern());
    }
}
