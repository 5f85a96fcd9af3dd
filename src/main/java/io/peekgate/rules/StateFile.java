package io.peekgate.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.peekgate.config.InvalidConfigException;
import io.peekgate.config.StateJson;
import io.peekgate.config.StoredRules;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The run-time rules on disk. At every instant the file is whole: it is replaced by a rename, and what it was before
 * stays beside it as {@code .previous}. Several processes may write it, one at a time.
 */
final class StateFile {
    private final String name;
    private final Path file;
    private final Path next;
    private final Path previous;
    /** A second name for what is about to be replaced, until it takes the place of another file at once. */
    private final Path spare;

    private final Path lock;
    private final Disk disk;
    /** Of the file whose rules are in force; null before. Whoever else writes it, makes another. */
    private List<Object> stamp;
    /** Of the file as it was read last. */
    private List<Object> seen;
    /** Of the file as {@link #takeNews} saw it last. */
    private List<Object> told;

    /** The file holds what was to be written, and nothing tells for how long. */
    static final class NotUndone extends IOException {
        private static final long serialVersionUID = 1L;

        private NotUndone(IOException why, IOException failure) {
            super(why + "; and putting it back: " + failure, why);
        }
    }

    StateFile(Path path, Disk disk) {
        this.name = path.toString();
        this.file = path.toAbsolutePath();
        this.next = file.resolveSibling(file.getFileName() + ".next");
        this.previous = file.resolveSibling(file.getFileName() + ".previous");
        this.spare = file.resolveSibling(file.getFileName() + ".spare");
        this.lock = file.resolveSibling(file.getFileName() + ".lock");
        this.disk = disk;
    }

    /** Keeps other processes from writing until it is closed; makes the directory if it is not there. */
    Closeable lock() throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Whether somebody else has written it since. */
    boolean isStale() {
        try {
            return !stampOf(file).equals(stamp);
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether that is so and was not told of before. */
    boolean takeNews() {
        try {
            List<Object> now = stampOf(file);
            boolean news = !now.equals(stamp) && !now.equals(told);
            told = now;
            return news;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads it; no file is no rules. It stays stale until {@link #accept}, or what others wrote would be lost with the
     * next edit where this one fails.
     *
     * @throws InvalidRulesException if it is damaged, naming line and column
     */
    StoredRules read() throws IOException {
        seen = stampOf(file);
        return seen.isEmpty() ? StoredRules.NONE : parse(Files.readString(file, UTF_8));
    }

    /** What was read last is in force now. */
    void accept() {
        stamp = seen;
    }

    private StoredRules parse(String text) {
        try {
            return StateJson.read(text, name);
        } catch (InvalidConfigException damaged) {
            List<String> problems = new ArrayList<>(damaged.getMessage().lines().toList());
            problems.add(name + ": left as it is; what it was before its last change is in "
                    + Path.of(name).resolveSibling(previous.getFileName()));
            throw new InvalidRulesException(problems);
        }
    }

    /**
     * Replaces it; on the medium when this returns.
     *
     * @throws NotUndone if it may not outlast a loss of power and could not be put back
     * @throws IOException if something else fails; then it is as it was
     */
    void write(StoredRules rules) throws IOException {
        boolean first = stampOf(file).isEmpty();
        fill(rules);
        List<Object> written = stampOf(next); // a rename leaves it as it is, and then nothing may fail any more
        if (!first) {
            link(file, previous);
        }
        disk.rename(next, file);
        try {
            disk.syncDirectory(file.getParent());
        } catch (IOException unsure) {
            undo(first, unsure);
            throw unsure;
        }
        stamp = written;
    }

    /** Another name for the same file, which is never missing meanwhile if it was there. */
    private void link(Path from, Path to) throws IOException {
        disk.remove(spare);
        disk.link(from, spare);
        disk.rename(spare, to);
    }

    private void fill(StoredRules rules) throws IOException {
        try (Disk.Output output = disk.create(next)) {
            output.write(ByteBuffer.wrap(StateJson.write(rules)));
            output.sync();
        }
    }

    /** Nobody was told of what the file holds now. */
    private void undo(boolean first, IOException why) throws NotUndone {
        try {
            if (first) {
                disk.remove(file);
            } else {
                link(previous, file);
            }
        } catch (IOException e) {
            throw new NotUndone(why, e);
        }
    }

    /** As messages call it. */
    String name() {
        return name;
    }

    private static List<Object> stampOf(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(String.valueOf(now.fileKey()), now.lastModifiedTime(), now.size());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
