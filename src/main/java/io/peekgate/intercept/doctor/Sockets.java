package io.peekgate.intercept.doctor;

import io.peekgate.intercept.Host;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The TCP sockets that listen on this host, as {@code ss} lists them. */
record Sockets(List<Listening> all) {
    private static final Pattern LINE = Pattern.compile("LISTEN +\\d+ +\\d+ +(\\S+):(\\d+) +\\S+(?:.*pid=(\\d+))?.*");

    /**
     * One of them.
     *
     * @param process who has it; empty if that is not told
     */
    record Listening(String address, int port, Optional<Long> process) {
        boolean isLoopback() {
            return bare().startsWith("127.") || bare().equals("::1");
        }

        /** Whether it takes connections to the loopback address of this family. */
        boolean takesLoopback(boolean ipv6) {
            return takesAny(ipv6) || bare().equals(ipv6 ? "::1" : "127.0.0.1");
        }

        boolean takes(boolean ipv6) {
            return takesAny(ipv6) || bare().contains(":") == ipv6;
        }

        private boolean takesAny(boolean ipv6) {
            return bare().equals("*") || bare().equals(ipv6 ? "::" : "0.0.0.0");
        }

        private String bare() {
            return address.replaceAll("[\\[\\]]|%.*", "").replaceFirst("^::ffff:", "");
        }
    }

    static Sockets of(Host host) {
        return new Sockets(host.sh("ss -Hltnp")
                .output()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(found -> new Listening(
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        Optional.ofNullable(found.group(3)).map(Long::valueOf)))
                .toList());
    }

    List<Listening> on(int port) {
        return all.stream().filter(socket -> socket.port() == port).toList();
    }
}
