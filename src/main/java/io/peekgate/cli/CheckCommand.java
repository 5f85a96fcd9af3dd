package io.peekgate.cli;

import io.peekgate.config.InvalidConfigException;
import io.peekgate.config.ProxyConfig;
import io.peekgate.rules.InvalidRulesException;
import io.peekgate.rules.RuleStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate check}: reads the configuration and the rules as {@code run} would; binds and resolves nothing. */
@Command(
        name = "check",
        description = "Check the configuration and its rules, as run would; it binds and resolves nothing.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing if all is well.")
    private boolean quiet;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    CheckCommand() {}

    CheckCommand(ConfigOptions config, CommandSpec spec) {
        this.config = config;
        this.spec = spec;
    }

    @Override
    public Integer call() {
        try {
            ProxyConfig loaded = config.load();
            int rules = RuleStore.open(loaded).current().policy().rules().size();
            report(true, List.of(summary(loaded, rules)));
            return ExitCode.FINE;
        } catch (InvalidConfigException | InvalidRulesException problems) {
            report(false, problems.getMessage().lines().toList());
            return ExitCode.FAILED;
        }
    }

    private String summary(ProxyConfig loaded, int rules) {
        return "configuration is valid: "
                + Words.count(loaded.listeners().size(), "listener") + ", " + Words.count(rules, "rule") + ", default "
                + loaded.policy().defaultAction().name().toLowerCase(Locale.ROOT) + " (" + config.named() + ")";
    }

    private void report(boolean valid, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            out.println(Json.object(object -> {
                object.writeBooleanProperty("valid", valid);
                Json.strings(object, "problems", valid ? List.of() : lines);
            }));
        } else if (!valid) {
            lines.forEach(err::println);
        } else if (!quiet) {
            lines.forEach(out::println);
        }
        out.flush();
        err.flush();
    }
}
