package io.peekgate.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code peekgate rules edit}: other values for some keys of a rule. */
@Command(name = "edit", description = "Change some keys of a rule; the others stay.")
final class RulesEditCommand implements Callable<Integer> {
    @Mixin
    private RuleEdits edits;

    @Parameters(index = "0", paramLabel = "ID", description = "As rules list shows it.")
    private String id;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "A key of a rule and its value, such as action=drop or match=[a.example,b.example] with each in"
                            + " double quotes; no value takes the key away.")
    private List<String> settings;

    @Override
    public Integer call() throws IOException {
        return edits.apply(new BatchText().patch(id, settings), ids -> "changed " + id + "\n");
    }
}
