package io.peekgate.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second gateway from the same state directory, and tells others which process to speak to; the kernel lets go of
 * it when the process ends.
 */
public final class StateLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);
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
        StateLock lock = open(directory);
        if (lock.file.tryLock() == null) {
            lock.close();
            return Optional.empty();
        }
        lock.sign();
        return Optional.of(lock);
    }

    /**
     * Takes it as soon as the process that holds it lets go of it.
     *
     * @throws IOException if the directory cannot be written
     */
    public static StateLock takeLater(Path directory) throws IOException {
        StateLock lock = open(directory);
        Thread waiting = new Thread(lock::await, "state-lock");
        waiting.setDaemon(true);
        waiting.start();
        return lock;
    }

    private static StateLock open(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new StateLock(
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    private void await() {
        try {
            file.lock();
            sign();
        } catch (ClosedChannelException over) {
            // this gateway ends before the other
        } catch (IOException e) {
            LOG.warn("Cannot take the lock of the state directory: {}", e.toString());
        }
    }

    private void sign() throws IOException {
        file.truncate(0);
        file.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
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
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("Cannot let go of the lock of the state directory: {}", e.toString());
        }
    }
}
