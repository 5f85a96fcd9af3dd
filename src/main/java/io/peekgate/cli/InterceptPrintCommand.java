package io.peekgate.cli;

import io.peekgate.intercept.LocalHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peekgate intercept print}. */
@Command(name = "print", description = "Print what apply does, as a script: print | sh does the same. Needs no rights.")
final class InterceptPrintCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(options.interception(new LocalHost()).script());
        spec.commandLine().getOut().flush();
        return ExitCode.FINE;
    }
}
