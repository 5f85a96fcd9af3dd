package io.peekgate.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peekgate rules move}: another place in the order in which rules are asked. */
@Command(name = "move", description = "Have a rule asked before another, or behind all others made at run time.")
final class RulesMoveCommand implements Callable<Integer> {
    @Mixin
    private RuleEdits edits;

    @Parameters(paramLabel = "ID", description = "As rules list shows it.")
    private String id;

    @Option(
            names = "--before",
            paramLabel = "ID",
            description = "The rule that it goes before; behind all others unless told.")
    private String before;

    @Override
    public Integer call() throws IOException {
        return edits.apply(new BatchText().move(id, Optional.ofNullable(before)), ids -> "moved " + id + "\n");
    }
}
