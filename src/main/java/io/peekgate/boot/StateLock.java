package io.peekgate.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps a second gateway from the same state directory; the kernel lets go of it when the process ends. */
public final class StateLock implements AutoCloseable {
    private static final String NAME = "peekgate.lock";

    private final FileChannel file;

    private StateLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock, making the directory if it is not there.
     *
     * @return empty if another process holds it
     * @throws IOException if the directory cannot be made or written
     */
    public static Optional<StateLock> take(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel file =
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
            return Optional.empty();
        }
        return Optional.of(new StateLock(file));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
