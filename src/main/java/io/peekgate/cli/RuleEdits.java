package io.peekgate.cli;

import io.peekgate.boot.StateLock;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.rules.Draft;
import io.peekgate.rules.RuleStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How the {@code rules} commands change rules: in the state file. */
final class RuleEdits {
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
     * Makes one change and says what became of it.
     *
     * @param edit gives what to say
     */
    int apply(Function<Draft, String> edit) throws IOException {
        String done = RuleStore.toMend(loaded()).edit(edit);
        PrintWriter out = spec.commandLine().getOut();
        out.println(done);
        out.flush();
        if (StateLock.holder(loaded().stateDir()).isPresent()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("A gateway is running: unless it runs with --watch, it takes this over by: peekgate reload");
            err.flush();
        }
        return ExitCode.FINE;
    }
}
