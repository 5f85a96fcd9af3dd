package io.peekgate.intercept.doctor;

import io.peekgate.intercept.Host;
import java.util.List;
import java.util.Optional;

/** What the checks look at: the gateway as configured, and the host as it is. */
record Deployment(Gateway gateway, Host host, Rules rules, Sockets sockets) {
    static Deployment of(Gateway gateway, Host host) {
        return new Deployment(gateway, host, Rules.of(host), Sockets.of(host));
    }

    List<Rules.Capture> captures() {
        return rules.captures();
    }

    /** Whether connections are intercepted that this host forwards, as against its own. */
    boolean routes() {
        return captures().stream().anyMatch(capture -> !capture.isLocal());
    }

    boolean usesTproxy() {
        return captures().stream().anyMatch(Rules.Capture::isTproxy);
    }

    /** Those that listen where captured connections go. */
    List<Sockets.Listening> listening() {
        return captures().stream()
                .map(Rules.Capture::to)
                .distinct()
                .flatMap(port -> sockets.on(port).stream())
                .toList();
    }

    /**
     * One of the kernel's variables; empty if it has none of the name.
     *
     * @param name with slashes, since interfaces' names may have dots
     */
    Optional<Long> sysctl(String name) {
        return host.read("/proc/sys/" + name).map(String::strip).map(Long::valueOf);
    }

    /** The interfaces, without loopback. */
    List<String> devices() {
        return host.read("/proc/net/dev")
                .orElse("")
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .filter(name -> !name.equals("lo"))
                .toList();
    }

    /** Whether it has an IPv6 address by which others can be reached. */
    boolean hasIpv6() {
        // address, index, prefix length, scope, flags, name; link-local addresses have scope 20
        return host.read("/proc/net/if_inet6")
                .orElse("")
                .lines()
                .map(line -> line.split(" +"))
                .anyMatch(field -> field[3].equals("00"));
    }
}
