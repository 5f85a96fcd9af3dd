package io.peekgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peekgate intercept}: the packet filter's rules that bring traffic to the gateway. */
@Command(
        name = "intercept",
        description = "Bring traffic to the gateway: print, apply, verify or remove the packet filter's rules.",
        subcommands = {
            InterceptPrintCommand.class,
            InterceptApplyCommand.class,
            InterceptVerifyCommand.class,
            InterceptRemoveCommand.class
        })
final class InterceptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
