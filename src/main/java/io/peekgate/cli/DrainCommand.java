package io.peekgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code peekgate drain}: what SIGTERM does. */
@Command(
        name = "drain",
        description = "Have the running gateway take no new connections, and end when those that are there are over or"
                + " shutdown.grace is.")
final class DrainCommand implements Callable<Integer> {
    @Mixin
    private LiveOptions live;

    @Override
    public Integer call() {
        live.api().text("POST", "/drain", "");
        return live.print("the gateway is draining\n");
    }
}
