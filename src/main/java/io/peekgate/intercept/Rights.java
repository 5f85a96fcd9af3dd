package io.peekgate.intercept;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether this process may look at the packet filter, and change it. */
public final class Rights {
    private static final Pattern CAPABILITIES = Pattern.compile("CapEff:\\s+(\\p{XDigit}+)");
    private static final int NET_ADMIN = 12;
    private static final int NET_RAW = 13;

    private Rights() {}

    /**
     * Asks for the right.
     *
     * @throws InterceptException if it is missing
     */
    public static void check(Host host) {
        if (!hasNetAdmin(host.read("/proc/self/status").orElse(""))) {
            throw new InterceptException(
                    "the capability CAP_NET_ADMIN is missing; run it as root, in a container with NET_ADMIN", true);
        }
    }

    /**
     * Whether a process has the right.
     *
     * @param status of a process, as its file in {@code /proc} tells it
     */
    public static boolean hasNetAdmin(String status) {
        return has(status, NET_ADMIN);
    }

    /** Whether a process may mark sockets, for which Linux 5.17 and later take CAP_NET_RAW as well. */
    public static boolean marksSockets(String status) {
        return has(status, NET_ADMIN) || has(status, NET_RAW);
    }

    private static boolean has(String status, int capability) {
        Matcher found = CAPABILITIES.matcher(status);
        return found.find() && (Long.parseUnsignedLong(found.group(1), 16) >> capability & 1) == 1;
    }
}
