package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A command that goes on until it is stopped, in an empty working directory of its own; mostly one of the packaged
 * program.
 */
public final class JarProcess implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scratch scratch;
    private final Process process;

    private JarProcess(Scratch scratch, Process process) {
        this.scratch = scratch;
        this.process = process;
    }

    /** Starts a command of the packaged program. */
    public static JarProcess start(String... arguments) throws IOException {
        return of(Jar.command(arguments));
    }

    /** Starts any command. */
    public static JarProcess of(List<String> command) throws IOException {
        Scratch scratch = new Scratch();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.path("").toFile())
                .redirectOutput(scratch.path("out").toFile())
                .redirectError(scratch.path("err").toFile());
        return new JarProcess(scratch, builder.start());
    }

    public long pid() {
        return process.pid();
    }

    /** How many files and sockets it has open. */
    public long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return open.count();
        }
    }

    /** The whole lines of standard output so far. */
    public List<String> out() {
        return lines("out");
    }

    /** The whole lines of standard error so far. */
    public List<String> err() {
        return lines("err");
    }

    /**
     * The first line of standard output that is like this.
     *
     * @throws AssertionError if none comes within 30 s, or the process ends without it
     */
    public String awaitOut(Predicate<String> wanted) {
        return await("out", wanted);
    }

    /** The same of standard error. */
    public String awaitErr(Predicate<String> wanted) {
        return await("err", wanted);
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /**
     * Its exit code, once it has ended.
     *
     * @throws AssertionError if it does not within 30 s
     */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE + ": " + this);
        }
        return process.exitValue();
    }

    /** Kills it, if it has not ended; again does no harm. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        scratch.close();
    }

    /** All that it said. */
    @Override
    public String toString() {
        return "out: " + out() + "\nerr: " + err();
    }

    private String await(String stream, Predicate<String> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> find(stream, wanted), Optional::isPresent)
                .orElseThrow();
    }

    /** What was written before the end was written for certain, so the state is asked for first. */
    private Optional<String> find(String stream, Predicate<String> wanted) {
        boolean over = !process.isAlive();
        Optional<String> found = lines(stream).stream().filter(wanted).findFirst();
        if (over && found.isEmpty()) {
            throw new AssertionError("ended with " + process.exitValue() + " without that line: " + this);
        }
        return found;
    }

    private List<String> lines(String stream) {
        try {
            Path file = scratch.path(stream);
            String text = Files.readString(file, UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
