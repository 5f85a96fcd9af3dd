package io.peekgate.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code peekgate rules remove}. */
@Command(name = "remove", description = "Remove rules, all of them or none.")
final class RulesRemoveCommand implements Callable<Integer> {
    @Mixin
    private RuleEdits edits;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "As rules list shows it.")
    private List<String> ids;

    @Override
    public Integer call() throws IOException {
        BatchText changes = new BatchText();
        ids.forEach(changes::remove);
        return edits.apply(changes, removed -> "removed " + String.join(" ", removed) + "\n");
    }
}
