package io.peekgate.boot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files once a second and tells when they are others than before, and have stopped changing. It compares what
 * the names lead to in the end, so it sees a changed file, a replaced one, and a directory that a symbolic link is turned
 * to, as Kubernetes does; on every file system, which inotify does not.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Supplier<? extends Collection<Path>> files;
    private final BooleanSupplier otherSource;
    private final Runnable changed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread watcher = new Thread(work, "peekgate-watch");
        watcher.setDaemon(true);
        return watcher;
    });
    private Map<Path, String> told;
    private Map<Path, String> last;

    /**
     * @param files names and patterns of files; asked each time
     * @param otherSource whether something else has changed that the files do not show
     * @param changed is called on the watch's own thread
     */
    public FileWatch(
            Supplier<? extends Collection<Path>> files, BooleanSupplier otherSource, Runnable changed, Duration every) {
        this.files = files;
        this.otherSource = otherSource;
        this.changed = changed;
        this.told = look();
        this.last = told;
        thread.scheduleWithFixedDelay(this::turn, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void turn() {
        try {
            Map<Path, String> now = look();
            boolean settled = now.equals(last);
            last = now;
            if (settled && (!now.equals(told) || otherSource.getAsBoolean())) {
                told = now;
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("The watch on files goes on after {}", e.toString());
        }
    }

    private Map<Path, String> look() {
        Map<Path, String> seen = new TreeMap<>();
        files.get().forEach(file -> look(file.toAbsolutePath(), seen));
        return seen;
    }

    private static void look(Path file, Map<Path, String> seen) {
        String name = file.getFileName().toString();
        if (name.contains("*") || name.contains("?")) {
            lookInto(file.getParent(), name, seen);
        } else {
            seen.put(file, stamp(file));
        }
    }

    private static void lookInto(Path directory, String glob, Map<Path, String> seen) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(file -> seen.put(file, stamp(file)));
        } catch (IOException none) {
            seen.put(directory, "none");
        }
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.fileKey() + " " + now.lastModifiedTime() + " " + now.size();
        } catch (IOException none) {
            return "none";
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
