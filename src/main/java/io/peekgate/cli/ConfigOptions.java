package io.peekgate.cli;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the configuration comes from, alike for every command. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "Configuration file, later ones win. Default: ./conf/peekgate.conf, else the built-in defaults.")
    private List<Path> files = List.of();

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Override one key, such as policy.default-action=passthrough.")
    private List<String> overrides = List.of();

    List<Path> files() {
        return files.isEmpty() ? ConfigLoader.defaultFiles() : files;
    }

    /**
     * @throws io.peekgate.config.InvalidConfigException naming every problem
     */
    ProxyConfig load() {
        return ConfigLoader.load(files(), overrides);
    }
}
