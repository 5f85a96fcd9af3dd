package io.peekgate.cli;

import io.peekgate.config.InvalidConfigException;
import io.peekgate.config.JsonView;
import io.peekgate.config.ProxyConfig;
import io.peekgate.route.Policy;
import io.peekgate.rules.InvalidRulesException;
import io.peekgate.rules.RuleFinding;
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

/**
 * {@code peekgate check}: reads the configuration and the rules as {@code run} would; binds and resolves nothing. What is
 * valid but suspicious in the rules makes it fail too, though {@code run} would not mind.
 */
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

    @Option(
            names = "--live",
            description = "Let the running gateway check its files; it also tells of rules that traffic does without,"
                    + " and of disabled ones that it would have needed.")
    private boolean live;

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
            return live ? ask(ApiClient.of(loaded)) : check(loaded);
        } catch (InvalidConfigException | InvalidRulesException problems) {
            return report(problems.getMessage().lines().toList());
        }
    }

    private int check(ProxyConfig loaded) {
        Policy policy = RuleStore.open(loaded).current().policy();
        return report(summary(loaded, policy.rules().size()), RuleFinding.in(policy));
    }

    private int ask(ApiClient gateway) {
        JsonView answer = JsonView.parse(gateway.text("POST", "/config:check", ""));
        List<String> problems = answer.texts("problems");
        List<RuleFinding> findings =
                answer.objects("findings").stream().map(CheckCommand::finding).toList();
        String valid = "configuration is valid, as the running gateway finds (" + config.named() + ")";
        return problems.isEmpty() ? report(valid, findings) : report(problems);
    }

    private static RuleFinding finding(JsonView told) {
        return new RuleFinding(
                told.text("place"), told.text("rule"), told.text("kind"), told.text("found"), told.text("mend"));
    }

    private String summary(ProxyConfig loaded, int rules) {
        return "configuration is valid: "
                + Words.count(loaded.listeners().size(), "listener") + ", " + Words.count(rules, "rule") + ", default "
                + loaded.policy().defaultAction().name().toLowerCase(Locale.ROOT) + " (" + config.named() + ")";
    }

    /** A configuration that can be used, with what should be looked at. */
    private int report(String summary, List<RuleFinding> findings) {
        if (json) {
            print(spec.commandLine().getOut(), List.of(RuleFinding.json(List.of(), findings)));
        } else if (!quiet) {
            print(spec.commandLine().getOut(), List.of(summary));
        }
        print(spec.commandLine().getErr(), json ? List.of() : findings);
        return findings.isEmpty() ? ExitCode.FINE : ExitCode.FAILED;
    }

    private int report(List<String> problems) {
        if (json) {
            print(spec.commandLine().getOut(), List.of(RuleFinding.json(problems, List.of())));
        } else {
            print(spec.commandLine().getErr(), problems);
        }
        return ExitCode.FAILED;
    }

    private static void print(PrintWriter stream, List<?> lines) {
        lines.forEach(stream::println);
        stream.flush();
    }
}
