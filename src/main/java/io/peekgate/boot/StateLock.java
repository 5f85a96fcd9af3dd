package io.peekgate.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps a second gateway from the same state directory; the kernel lets go of it when the process ends. */
public final class StateLock implements AutoCloseable {
    private static final String NAME = "peekgate.lock";

    private final FileChannel file;

    private StateLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock, making the directory if it is not there, and leaves this process's id in it.
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
        file.truncate(0);
        file.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        return Optional.of(new StateLock(file));
    }

    /**
     * The process that holds the lock.
     *
     * @return empty if none does
     * @throws IOException if that cannot be told
     */
    public static OptionalLong holder(Path directory) throws IOException {
        Path lock = directory.resolve(NAME);
        if (!Files.exists(lock)) {
            return OptionalLong.empty();
        }
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return file.tryLock() == null ? OptionalLong.of(pid(lock)) : OptionalLong.empty();
        }
    }

    private static long pid(Path lock) throws IOException {
        try {
            return Long.parseLong(Files.readString(lock, US_ASCII).strip());
        } catch (NumberFormatException e) {
            throw new IOException(lock + " does not tell the process that holds it", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
