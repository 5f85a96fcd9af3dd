package io.peekgate.cli;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where the configuration comes from, alike for every command. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration file; of several, later ones win. Unless told, conf/peekgate.conf in the"
                    + " working directory, else the built-in defaults.")
    private List<Path> files = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One value of the configuration for this time, such as log.level=debug.")
    private List<String> overrides = List.of();

    private List<Path> files() {
        return files.isEmpty() ? ConfigLoader.defaultFiles() : files;
    }

    /** The files by name, for people. */
    String named() {
        return files().isEmpty()
                ? "built-in defaults"
                : files().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /**
     * @throws io.peekgate.config.InvalidConfigException naming every problem
     */
    ProxyConfig load() {
        return loadAll().config();
    }

    /** The same with where each value came from. */
    ConfigLoader.Loaded loadAll() {
        return ConfigLoader.loadAll(files(), overrides);
    }
}
