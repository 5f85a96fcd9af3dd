package io.peekgate.cli;

import io.peekgate.config.InvalidConfigException;
import io.peekgate.rules.InvalidRulesException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code peekgate} itself: its commands, and {@code -t} as other servers have it. */
@Command(
        name = "peekgate",
        description =
                "A transparent TLS gateway that reads the name, never the traffic, and explains every connection.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class PeekgateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(names = "-t", description = "Check the configuration and exit, as the check command does.")
    private boolean test;

    PeekgateCommand() {}

    /** Runs the command that the arguments name; gives its exit code. */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new PeekgateCommand());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return commands;
    }

    @Override
    public Integer call() {
        if (!test) {
            throw new ParameterException(spec.commandLine(), "name a command");
        }
        return new CheckCommand(config, spec).call();
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof InvalidConfigException || failure instanceof InvalidRulesException) {
            PrintWriter err = command.getErr();
            err.println(failure.getMessage());
            err.flush();
            return command.getCommand() instanceof RunCommand ? ExitCode.INVALID_CONFIG : ExitCode.FAILED;
        }
        throw failure;
    }
}
