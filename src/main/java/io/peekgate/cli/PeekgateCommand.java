package io.peekgate.cli;

import io.peekgate.boot.BindFailure;
import io.peekgate.boot.UnavailableException;
import io.peekgate.config.InvalidConfigException;
import io.peekgate.intercept.InterceptException;
import io.peekgate.intercept.InvalidPlanException;
import io.peekgate.rules.InvalidRulesException;
import io.peekgate.rules.RuleEditException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code peekgate} itself: its commands, and {@code -t} as other servers have it. */
@Command(
        name = "peekgate",
        description =
                "A transparent TLS gateway that reads the name, never the traffic, and explains every connection.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            ProposeCommand.class,
            RulesCommand.class,
            ReloadCommand.class,
            StatusCommand.class,
            ConnectionsCommand.class,
            DrainCommand.class,
            HealthcheckCommand.class,
            ConfigCommand.class,
            InterceptCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class PeekgateCommand implements Callable<Integer> {
    private static final String FOOTER = """

            Exit codes:
               0  fine
               1  failed: an invalid configuration, findings, a name that does not
                  resolve, a gateway that cannot be asked, refuses, or is not ready
               2  wrong usage
               3  explain: the connection would be dropped
              69  run: the address or the state directory is in use
              77  no permission: for the address or the state directory, or to intercept
              78  run: the configuration is invalid

            peekgate COMMAND --help tells more.""";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(names = "-t", description = "Check the configuration, as the check command does.")
    private boolean test;

    PeekgateCommand() {}

    /** Runs the command that the arguments name; gives its exit code. */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new PeekgateCommand());
        commands.getCommandSpec().usageMessage().footer(FOOTER.split("\n")); // in the annotation it would be inherited
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionStrategy(PeekgateCommand::run);
        commands.setParameterExceptionHandler((mistake, args) -> misused(mistake));
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return commands;
    }

    @Override
    public Integer call() {
        if (test) {
            return new CheckCommand(config, spec).call();
        }
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Before the command, {@code -c} would mean nothing, and {@code -t} would not keep run from running. */
    private static int run(ParseResult parsed) {
        if (parsed.hasSubcommand() && Stream.of("-c", "--set", "-t").anyMatch(parsed::hasMatchedOption)) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "options go after the command, as in: peekgate run -c FILE");
        }
        return new RunLast().execute(parsed);
    }

    private static int misused(ParameterException mistake) {
        PrintWriter err = mistake.getCommandLine().getErr();
        err.println("peekgate: " + mistake.getMessage().replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("See " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof TypeConversionException) {
            return misused(new ParameterException(command, failure.getMessage()));
        }
        if (failure instanceof InvalidPlanException) {
            return misused(new ParameterException(command, failure.getMessage()));
        }
        if (failure instanceof InterceptException refusal) {
            command.getErr().println("peekgate: " + refusal.getMessage());
            return refusal.isForbidden() ? ExitCode.NO_PERMISSION : ExitCode.FAILED;
        }
        if (failure instanceof BindFailure taken) {
            command.getErr().println("peekgate: " + taken.getMessage());
            return code(taken);
        }
        if (failure instanceof UnavailableException lacking && lacking.isForbidden()) {
            command.getErr().println("peekgate: " + lacking.getMessage());
            return ExitCode.NO_PERMISSION;
        }
        if (failure instanceof ApiClient.Failure || failure instanceof IOException) {
            command.getErr().println("peekgate: " + sentence(failure));
            return ExitCode.FAILED;
        }
        if (failure instanceof InvalidConfigException
                || failure instanceof InvalidRulesException
                || failure instanceof RuleEditException
                || failure instanceof UncheckedIOException
                || failure instanceof UnavailableException) {
            PrintWriter err = command.getErr();
            err.println(failure.getMessage());
            err.flush();
            return command.getCommand() instanceof RunCommand ? ExitCode.INVALID_CONFIG : ExitCode.FAILED;
        }
        throw failure;
    }

    /** A file's failure names but the file. */
    private static String sentence(Exception failure) {
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return failure instanceof FileSystemException ? failure.toString() : failure.getMessage();
    }

    private static int code(BindFailure failure) {
        if (failure.isInUse()) {
            return ExitCode.ADDRESS_IN_USE;
        }
        return failure.isForbidden() ? ExitCode.NO_PERMISSION : ExitCode.FAILED;
    }
}
