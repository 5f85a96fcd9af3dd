package io.peekgate.cli;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.rules.RuleStore;
import io.peekgate.rules.RuleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peekgate rules export}: the rules as a rule file. */
@Command(name = "export", description = "Print all rules in their order, as a file that policy.rule-files can name.")
final class RulesExportCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ProxyConfig loaded = config.load();
        List<RuleConfig> rules = new ArrayList<>();
        RuleStore.stored(loaded).rules().forEach(stored -> rules.add(stored.rule()));
        rules.addAll(loaded.policy().rules());
        out.print(RuleText.rules(rules));
        out.flush();
        return ExitCode.FINE;
    }
}
