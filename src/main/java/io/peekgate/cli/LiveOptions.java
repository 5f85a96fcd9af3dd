package io.peekgate.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command needs that asks the running gateway. */
final class LiveOptions {
    @Mixin
    private ConfigOptions config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The gateway's API. */
    ApiClient api() {
        return ApiClient.of(config.load());
    }

    /** Prints text that ends with its line. */
    int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return ExitCode.FINE;
    }

    /** Whether standard output still takes what is printed. */
    boolean isHeard() {
        return !spec.commandLine().getOut().checkError();
    }

    /** Tells what is wrong, or worth knowing. */
    int warn(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("peekgate: " + message);
        err.flush();
        return ExitCode.FAILED;
    }
}
