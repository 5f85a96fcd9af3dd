package io.peekgate;

import io.peekgate.cli.PeekgateCommand;

/** The jar's entry point. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name and exits with its code. */
    public static void main(String[] args) {
        System.exit(PeekgateCommand.execute(args));
    }
}
