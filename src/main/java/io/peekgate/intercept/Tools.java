package io.peekgate.intercept;

import java.util.List;
import java.util.stream.Stream;

/** The programs of iproute2, by which this host's routes and sockets are told. */
public final class Tools {
    private Tools() {}

    /**
     * Asks for them.
     *
     * @throws InterceptException if one is missing
     */
    public static void check(Host host, String... names) {
        List<String> missing = Stream.of(names)
                .filter(name -> !host.sh("command -v " + name).isFine())
                .toList();
        if (!missing.isEmpty()) {
            throw new InterceptException(missing.get(0) + " is not installed; install the package iproute2", false);
        }
    }
}
