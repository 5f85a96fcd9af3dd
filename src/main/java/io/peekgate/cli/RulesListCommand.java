package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.config.JsonView;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleWriter;
import io.peekgate.config.StoredRule;
import io.peekgate.config.StoredRules;
import io.peekgate.rules.RuleStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peekgate rules list}: every rule in the order in which it is asked. */
@Command(
        name = "list",
        description = "List all rules in the order in which they are asked: those made at run time by their id, then"
                + " those of the configuration by file and line. A running gateway tells its own, and how many"
                + " connections each has decided.")
final class RulesListCommand implements Callable<Integer> {
    private static final List<String> HEADINGS =
            List.of("ID", "NAME", "ON", "ACTION", "MATCH", "HITS", "ORIGIN", "REASON");

    /** Patterns on a terminal; of a long list the first ones tell enough. */
    private static final int SHOWN = 3;

    @Mixin
    private RulesInForce rules;

    @Option(
            names = "--json",
            description = "Answer with one JSON object, the rules in it with the configuration's keys.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        String all = rules.ask("/rules", RulesListCommand::ofFiles);
        return rules.print(json ? all : Table.of(HEADINGS, rows(JsonView.parse(all))));
    }

    private static List<List<String>> rows(JsonView all) {
        return all.objects("rules").stream().map(RulesListCommand::row).toList();
    }

    private static List<String> row(JsonView rule) {
        List<String> match = Stream.concat(
                        rule.texts("match").stream(),
                        rule.texts("match-file").stream().map(file -> "@" + file))
                .toList();
        return List.of(
                rule.text("id"),
                rule.text("name"),
                rule.has("enabled") ? "no" : "yes",
                rule.text("action"),
                match.isEmpty() ? "any" : shown(match),
                rule.text("hits"),
                rule.text("origin"),
                rule.text("reason"));
    }

    private static String shown(List<String> match) {
        return Terminal.isOutput() && match.size() > SHOWN + 1
                ? String.join(" ", match.subList(0, SHOWN)) + " and " + (match.size() - SHOWN) + " more"
                : String.join(" ", match);
    }

    /** As the gateway would answer, but for what only that knows. */
    private static String ofFiles(ProxyConfig config) {
        StoredRules stored = RuleStore.stored(config);
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
