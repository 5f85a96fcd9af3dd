package io.peekgate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new empty directory, gone with all that is in it at {@link #close()}. */
final class Scratch implements AutoCloseable {
    private final Path directory;

    Scratch() throws IOException {
        directory = Files.createTempDirectory("peekgate-test-");
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Path write(String name, byte[] content) throws IOException {
        return Files.write(path(name), content);
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
