package io.peekgate.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Turns rules on or off. */
abstract class RulesSwitchCommand implements Callable<Integer> {
    /** {@code peekgate rules enable}. */
    @Command(name = "enable", description = "Let rules count again.")
    static final class Enable extends RulesSwitchCommand {
        Enable() {
            super(true);
        }
    }

    /** {@code peekgate rules disable}. */
    @Command(name = "disable", description = "Let rules stand, but not count.")
    static final class Disable extends RulesSwitchCommand {
        Disable() {
            super(false);
        }
    }

    private final boolean on;

    @Mixin
    private RuleEdits edits;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "As rules list shows it.")
    private List<String> ids;

    RulesSwitchCommand(boolean on) {
        this.on = on;
    }

    @Override
    public final Integer call() throws IOException {
        BatchText changes = new BatchText();
        ids.forEach(id -> changes.patch(id, List.of("enabled=" + on)));
        return edits.apply(changes, switched -> (on ? "enabled " : "disabled ") + String.join(" ", switched) + "\n");
    }
}
