package io.peekgate.cli;

import io.peekgate.boot.StateLock;
import io.peekgate.config.JsonView;
import io.peekgate.config.ProxyConfig;
import io.peekgate.rules.RuleStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peekgate reload}: has the running gateway read its files anew. */
@Command(
        name = "reload",
        description =
                "Have the running gateway read its configuration and rules anew, and say what became of that. A gateway"
                        + " without an admin API is found by its state directory and sent SIGHUP; then its log says it.")
final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProxyConfig loaded = config.load();
        OptionalLong gateway = StateLock.holder(loaded.stateDir());
        if (gateway.isEmpty()) {
            return say(false, "no gateway holds " + loaded.stateDir() + "; nothing to reload");
        }
        try {
            String answer = ApiClient.of(loaded).text("POST", "/config:reload", "");
            return say(true, "reloaded: generation " + JsonView.parse(answer).text("generation"));
        } catch (ApiClient.Unreachable e) {
            RuleStore.open(loaded); // throws what the gateway would refuse it for, and tell nobody but its log
            return signal(Long.toString(gateway.getAsLong()));
        }
    }

    private int signal(String pid) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-HUP", pid).inheritIO().start().waitFor();
        return say(exit == 0, exit == 0 ? "told gateway " + pid + " to reload" : "cannot signal process " + pid);
    }

    private int say(boolean fine, String message) {
        PrintWriter to = fine ? spec.commandLine().getOut() : spec.commandLine().getErr();
        to.println(fine ? message : "peekgate: " + message);
        to.flush();
        return fine ? ExitCode.FINE : ExitCode.FAILED;
    }
}
