package io.peekgate.cli;

import io.peekgate.intercept.Host;
import io.peekgate.intercept.LocalHost;
import io.peekgate.intercept.Removal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate intercept remove}. */
@Command(
        name = "remove",
        description =
                "Take away all that apply has put in place, whatever its options were, and nothing else. Needs root.")
final class InterceptRemoveCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(names = "--dry-run", description = "Print the script instead, and change nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Host host = new LocalHost();
        Removal removal = options.dialect().map(Removal::of).orElseGet(() -> Removal.of(host));
        if (dryRun) {
            spec.commandLine().getOut().print(removal.script());
        } else {
            removal.apply(host);
        }
        spec.commandLine().getOut().flush();
        return ExitCode.FINE;
    }
}
