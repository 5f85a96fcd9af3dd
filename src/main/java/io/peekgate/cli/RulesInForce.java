package io.peekgate.cli;

import io.peekgate.boot.StateLock;
import io.peekgate.config.ProxyConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How the {@code rules} commands look at rules: those of the running gateway, else those of its files. */
final class RulesInForce {
    @Mixin
    private ConfigOptions config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What the gateway answers.
     *
     * @param path in the API
     * @param files what the files say, where no gateway can be asked
     */
    String ask(String path, Function<ProxyConfig, String> files) throws IOException {
        ProxyConfig loaded = config.load();
        if (StateLock.holder(loaded.stateDir()).isEmpty()) {
            return files.apply(loaded);
        }
        try {
            return ApiClient.of(loaded).text("GET", path, "");
        } catch (ApiClient.Unreachable e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("peekgate: " + e.getMessage() + "; this is what its files say");
            err.flush();
            return files.apply(loaded);
        }
    }

    int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return ExitCode.FINE;
    }
}
