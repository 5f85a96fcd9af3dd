package io.peekgate.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many connections the descriptors of this process are enough for. */
final class Descriptors {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\w+)");
    private static final int UNKNOWN = 1024;
    private static final int OWN = 128;
    private static final int PER_CONNECTION = 2;

    private Descriptors() {}

    /** For {@code limits.connections = auto}: two descriptors a connection, and some for the gateway itself. */
    static int connections() {
        return Math.max(1, (limit() - OWN) / PER_CONNECTION);
    }

    private static int limit() {
        try {
            Matcher soft = OPEN_FILES.matcher(Files.readString(LIMITS));
            return soft.find() ? parse(soft.group(1)) : UNKNOWN;
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }

    private static int parse(String soft) {
        return soft.equals("unlimited") ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft));
    }
}
