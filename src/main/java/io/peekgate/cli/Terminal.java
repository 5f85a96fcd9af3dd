package io.peekgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Whether somebody is looking. */
final class Terminal {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private Terminal() {}

    /** Whether standard output is a terminal; {@link System#console()} would ask for standard input as well. */
    static boolean isOutput() {
        try {
            String device = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException notLinux) {
            return CommandLine.Help.Ansi.AUTO.enabled();
        }
    }
}
