package io.peekgate.cli;

import io.peekgate.boot.StateLock;
import io.peekgate.config.JsonView;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleBatch;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import io.peekgate.rules.RuleStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How the {@code rules} commands change rules. */
final class RuleEdits {
    /** What the API takes in a body, and some more, since what is not ASCII has more bytes than letters. */
    private static final int LONGEST = 300_000;

    @Mixin
    private ConfigOptions config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private ProxyConfig loaded;

    /** The configuration; the same each time. */
    ProxyConfig loaded() {
        if (loaded == null) {
            loaded = config.load();
        }
        return loaded;
    }

    /** How rules are read, with the names of the configuration's listeners. */
    RuleJson language() {
        return new RuleJson(
                loaded().listeners().stream().map(ListenerConfig::name).toList());
    }

    /**
     * Makes changes, all or none, and says what became of them: in a running gateway, else in the state file.
     *
     * @param told what to say, with the line's end, of the ids that the changes were about, in their order
     */
    int apply(BatchText changes, Function<List<String>, String> told) throws IOException {
        String batch = changes.json();
        List<String> ids = StateLock.holder(loaded().stateDir()).isPresent() ? live(batch) : stored(batch);
        PrintWriter out = spec.commandLine().getOut();
        out.print(told.apply(ids));
        out.flush();
        return ExitCode.FINE;
    }

    /** What is too long for the API goes by the state file, and the gateway is told to read that. */
    private List<String> live(String batch) {
        return batch.length() < LONGEST ? asked(batch) : storedAndRead(batch);
    }

    private List<String> asked(String batch) {
        try {
            String answer = ApiClient.of(loaded()).text("POST", "/rules:batch", batch);
            return JsonView.parse(answer).objects("results").stream()
                    .map(result -> result.text("id"))
                    .toList();
        } catch (ApiClient.Unreachable e) {
            List<String> ids = stored(batch);
            tellNotInForce(e);
            return ids;
        }
    }

    private List<String> storedAndRead(String batch) {
        List<String> ids = stored(batch);
        try {
            ApiClient.of(loaded()).text("POST", "/config:reload", "");
        } catch (ApiClient.Failure e) {
            tellNotInForce(e);
        }
        return ids;
    }

    /** The change is made all the same: to call it failed would have it made again. */
    private void tellNotInForce(ApiClient.Failure why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("peekgate: the change is in the state file, but not in force: " + why.getMessage());
        err.println("It counts after the next reload: peekgate reload (with --watch, the gateway tries by itself)");
        err.flush();
    }

    /**
     * Makes changes in the state file.
     *
     * @param batch as {@code POST /rules:batch} takes it
     * @return the id that each of its operations was about
     */
    private List<String> stored(String batch) {
        RuleBatch changes = language().batch(batch, "rules");
        return RuleStore.toMend(loaded()).edit(draft -> draft.apply(changes)).stream()
                .map(StoredRule::id)
                .toList();
    }
}
