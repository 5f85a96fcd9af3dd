package io.peekgate;

import io.peekgate.cli.HealthProbe;
import io.peekgate.cli.PeekgateCommand;
import java.util.Optional;

/** The jar's entry point. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name and exits with its code. */
    public static void main(String[] args) {
        // Netty would trace every 128th buffer to find those that are never released: the tests do that for us
        System.getProperties().putIfAbsent("io.netty.leakDetection.level", "disabled");
        Optional<Integer> probed = HealthProbe.attempt(args); // and no lambda, which takes longer than the probe
        System.exit(probed.isPresent() ? probed.get() : PeekgateCommand.execute(args));
    }
}
