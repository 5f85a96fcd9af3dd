package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleWriter;
import io.peekgate.config.StoredRule;
import io.peekgate.config.StoredRules;
import io.peekgate.rules.RuleStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate rules list}: every rule in the order in which it is asked. */
@Command(
        name = "list",
        description =
                "List all rules in the order in which they are asked: those made at run time by their id, then those"
                        + " of the configuration by file and line.")
final class RulesListCommand implements Callable<Integer> {
    private static final List<String> HEADINGS = List.of("ID", "NAME", "ON", "ACTION", "MATCH", "ORIGIN", "REASON");

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--json",
            description = "Answer with one JSON object, the rules in it with the configuration's keys.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ProxyConfig loaded = config.load();
        StoredRules stored = RuleStore.stored(loaded);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(stored, loaded) : Table.of(HEADINGS, rows(stored, loaded)));
        out.flush();
        return ExitCode.FINE;
    }

    private static List<List<String>> rows(StoredRules stored, ProxyConfig config) {
        List<List<String>> rows = new ArrayList<>();
        stored.rules().forEach(rule -> rows.add(row(rule.id(), rule.rule())));
        config.policy().rules().forEach(rule -> rows.add(row("-", rule)));
        return rows;
    }

    private static List<String> row(String id, RuleConfig rule) {
        List<String> match = Stream.concat(
                        rule.match().stream(), rule.matchFiles().stream().map(file -> "@" + file))
                .toList();
        return List.of(
                id,
                rule.name().orElse("-"),
                rule.enabled() ? "yes" : "no",
                rule.action().name().toLowerCase(Locale.ROOT),
                match.isEmpty() ? "any" : String.join(" ", match),
                rule.origin(),
                rule.reason().isEmpty() ? "-" : rule.reason());
    }

    private static String json(StoredRules stored, ProxyConfig config) {
        return JsonText.object(object -> {
                    object.writeNumberProperty("generation", stored.generation());
                    object.writeArrayPropertyStart("rules");
                    for (StoredRule rule : stored.rules()) {
                        object.writeStartObject();
                        RuleWriter.write(object, rule);
                        object.writeStringProperty("origin", rule.rule().origin());
                        object.writeEndObject();
                    }
                    for (RuleConfig rule : config.policy().rules()) {
                        object.writeStartObject();
                        RuleWriter.write(object, rule);
                        object.writeStringProperty("origin", rule.origin());
                        object.writeEndObject();
                    }
                    object.writeEndArray();
                })
                + "\n";
    }
}
