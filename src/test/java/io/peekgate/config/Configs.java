package io.peekgate.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes configuration files and loads them, for tests. */
final class Configs {
    private final Path directory;

    Configs(Path directory) {
        this.directory = directory;
    }

    Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** every-key.conf and the files that it names. */
    Path everyKey() throws IOException {
        write("extra.conf", "rules = [ { match = extra, action = drop } ]");
        write("list.txt", "a.example\n");
        try (InputStream text = getClass().getResourceAsStream("every-key.conf")) {
            return write("every-key.conf", new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Loads one file of these lines within {@code peekgate}, which stands on line 1. */
    ProxyConfig load(String... lines) throws IOException {
        return ConfigLoader.load(List.of(block(lines)), List.of());
    }

    /** What is wrong with these lines, the file's directory left out. */
    List<String> problems(String... lines) throws IOException {
        return problems(List.of(block(lines)), List.of());
    }

    List<String> problems(List<Path> files, List<String> overrides) {
        InvalidConfigException e =
                catchThrowableOfType(InvalidConfigException.class, () -> ConfigLoader.load(files, overrides));
        return e == null
                ? List.of()
                : Arrays.asList(e.getMessage().replace(directory + "/", "").split("\n"));
    }

    private Path block(String... lines) throws IOException {
        return write("a.conf", "peekgate {\n" + String.join("\n", lines) + "\n}\n");
    }
}
