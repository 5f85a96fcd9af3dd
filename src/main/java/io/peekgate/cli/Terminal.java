package io.peekgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Whether somebody is looking. */
final class Terminal {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Terminal() {}

    /** Whether standard output is a terminal; {@link System#console()} would ask for standard input as well. */
    static boolean isOutput() {
        return is(1);
    }

    /** Whether standard error is a terminal. */
    static boolean isError() {
        return is(2);
    }

    private static boolean is(int descriptor) {
        try {
            Path file = DESCRIPTORS.resolve(Integer.toString(descriptor));
            String device = Files.readSymbolicLink(file).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException notLinux) {
            return CommandLine.Help.Ansi.AUTO.enabled();
        }
    }
}
