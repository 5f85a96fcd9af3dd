package io.peekgate.admin;

import io.peekgate.config.ListenerConfig;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How rules that are sent are read: with the names of the listeners in force, and with no other files than rules have that
 * are in force, or that were made at run time and have been taken away since this gateway started: those can be put back.
 */
final class RuleLanguage {
    private final Steering steering;
    private final Set<Path> files = ConcurrentHashMap.newKeySet();

    RuleLanguage(Steering steering) {
        this.steering = steering;
    }

    RuleJson now() {
        keepFiles();
        return new RuleJson(
                steering.config().listeners().stream().map(ListenerConfig::name).toList(), this::mayBeNamed);
    }

    /** Before a rule is taken away: its files may be named further on. */
    void keepFiles() {
        steering.rules().current().rules().rules().stream()
                .map(StoredRule::rule)
                .flatMap(RuleLanguage::files)
                .forEach(files::add);
    }

    private boolean mayBeNamed(Path file) {
        return files.contains(file)
                || steering.rules().current().all().stream()
                        .flatMap(RuleLanguage::files)
                        .anyMatch(file::equals);
    }

    private static Stream<Path> files(RuleConfig rule) {
        return rule.matchFiles().stream().map(file -> file.toAbsolutePath().normalize());
    }
}
