package io.peekgate.cli;

import io.peekgate.boot.StateLock;
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

/** {@code peekgate reload}: has the gateway that holds the state directory read its files anew, by SIGHUP. */
@Command(
        name = "reload",
        description =
                "Have the running gateway read its configuration and rules anew. It is found by its state directory"
                        + " and sent SIGHUP; its log says what became of it. A configuration that would be refused is not sent.")
final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProxyConfig loaded = config.load();
        RuleStore.open(loaded); // throws what the gateway would refuse it for
        OptionalLong gateway = StateLock.holder(loaded.stateDir());
        if (gateway.isEmpty()) {
            return say(false, "no gateway holds " + loaded.stateDir() + "; nothing to reload");
        }
        String pid = Long.toString(gateway.getAsLong());
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
