package io.peekgate.cli;

import io.peekgate.intercept.Host;
import io.peekgate.intercept.Interception;
import io.peekgate.intercept.LocalHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate intercept apply}. */
@Command(
        name = "apply",
        description = "Put the rules in place; again does no harm. Needs root. After a failure nothing is in place.")
final class InterceptApplyCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(names = "--dry-run", description = "Print the script instead, and change nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Host host = new LocalHost();
        Interception interception = options.interception(host);
        if (dryRun) {
            spec.commandLine().getOut().print(interception.script());
        } else {
            interception.apply(host);
        }
        spec.commandLine().getOut().flush();
        return ExitCode.FINE;
    }
}
