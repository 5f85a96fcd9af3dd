package io.peekgate.intercept.doctor;

import io.peekgate.intercept.Host;
import io.peekgate.intercept.Rights;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel tells of the gateway's process. */
record RunningGateway(Host host, long pid) {
    private static final Pattern USER = Pattern.compile("Uid:\\s+\\d+\\s+(\\d+)");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\d+)");

    /** Its effective user. */
    Optional<Long> user() {
        return find("status", USER).map(Long::valueOf);
    }

    boolean lacksNetAdmin() {
        return lacks(Rights::hasNetAdmin);
    }

    boolean cannotMark() {
        return lacks(Rights::marksSockets);
    }

    private boolean lacks(Predicate<String> right) {
        return host.read(file("status")).filter(right.negate()).isPresent();
    }

    /** How many descriptors it may have; empty if there is no limit. */
    Optional<Long> descriptors() {
        return find("limits", OPEN_FILES).map(Long::valueOf);
    }

    private String file(String name) {
        return "/proc/" + pid + "/" + name;
    }

    private Optional<String> find(String name, Pattern pattern) {
        Matcher found = pattern.matcher(host.read(file(name)).orElse(""));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
