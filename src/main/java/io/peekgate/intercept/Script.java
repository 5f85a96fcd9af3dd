package io.peekgate.intercept;

import java.util.List;
import java.util.stream.Collectors;

/** Steps as a person reads them, and {@code sh} runs them. */
final class Script {
    /** The tools are in sbin, which is not in everybody's PATH. */
    static final String PREAMBLE = "set -e\nPATH=$PATH:/usr/sbin:/sbin\n";

    private Script() {}

    static String of(List<String> heading, List<Step> steps) {
        String about = heading.stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
        return "#!/bin/sh\n" + about + PREAMBLE
                + steps.stream().map(Script::text).collect(Collectors.joining());
    }

    private static String text(Step step) {
        return "\n# " + step.title() + "\n" + step.run() + "\n";
    }

    /** A command with its input. */
    static String feed(String command, String input) {
        return command + " <<'END'\n" + input + "END";
    }
}
