package io.peekgate.cli;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.rules.RuleStore;
import io.peekgate.rules.RuleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code peekgate rules export}: the rules as a rule file. */
@Command(name = "export", description = "Print all rules in their order, as a file that policy.rule-files can name.")
final class RulesExportCommand implements Callable<Integer> {
    @Mixin
    private RulesInForce rules;

    @Override
    public Integer call() throws IOException {
        return rules.print(rules.ask("/rules:export", RulesExportCommand::ofFiles));
    }

    private static String ofFiles(ProxyConfig config) {
        List<RuleConfig> all = new ArrayList<>();
        RuleStore.stored(config).rules().forEach(stored -> all.add(stored.rule()));
        all.addAll(config.policy().rules());
        return RuleText.rules(all);
    }
}
