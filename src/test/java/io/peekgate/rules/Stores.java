package io.peekgate.rules;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.model.Verdict;
import io.peekgate.route.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stores of rules in a folder, for tests. */
final class Stores {
    private Stores() {}

    /** A configuration of these lines within {@code peekgate.policy}, with its state file in the folder. */
    static ProxyConfig config(Path folder, String... policy) throws IOException {
        String text = "peekgate {\nstate-dir = \"" + folder + "\"\npolicy {\n" + String.join("\n", policy) + "\n}\n}";
        return ConfigLoader.load(List.of(Files.writeString(folder.resolve("a.conf"), text)), List.of());
    }

    static Path file(Path folder) {
        return folder.resolve("rules.json");
    }

    static RuleConfig rule(String... settings) {
        return new RuleJson(List.of("egress")).read(List.of(settings), "test");
    }

    /** A rule that drops this name. */
    static RuleConfig drop(String name) {
        return rule("match=" + name, "action=drop");
    }

    static StoredRule add(RuleStore store, String name) {
        return store.edit(draft -> draft.add(drop(name)));
    }

    static Verdict decide(Policy policy, String name) {
        return policy.decide(new Request(
                "egress",
                InetAddress.getLoopbackAddress(),
                Optional.of(ServerName.of(name)),
                443,
                List.of(),
                Optional.empty()));
    }

    /** The rule that decides for a name; empty for the default. */
    static Optional<String> decider(RuleStore store, String name) {
        return decide(store.current().policy(), name).rule();
    }

    static List<String> ids(RuleStore store) {
        return store.current().rules().rules().stream().map(StoredRule::id).toList();
    }
}
