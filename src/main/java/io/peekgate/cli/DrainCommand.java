package io.peekgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code peekgate drain}: what SIGTERM does. */
@Command(
        name = "drain",
        description = "Have the running gateway take no new connections, and end when those that are open are over or"
                + " shutdown.grace is. Does not wait for that.")
final class DrainCommand implements Callable<Integer> {
    @Mixin
    private LiveOptions live;

    @Override
    public Integer call() {
        live.api().text("POST", "/drain", "");
        return live.print("draining: no new connections are taken; the gateway ends when the open ones are over,"
                + " or shutdown.grace is\n");
    }
}
