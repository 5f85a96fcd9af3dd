package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What came of a client's process.
 *
 * @param exit its exit code
 * @param out what it wrote to standard output, one character a byte
 * @param err what it wrote to standard error, one character a byte
 */
public record ClientRun(int exit, String out, String err) {
    private static final int LIMIT_SECONDS = 60;

    /**
     * Runs a command to its end, without the proxies of this process's environment.
     *
     * @param input its standard input
     * @throws AssertionError if it takes more than 60 s, after which it is killed
     */
    public static ClientRun of(String input, List<String> command) throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch()) {
            Path in = scratch.write("in", input.getBytes(ISO_8859_1));
            return run(builder(command).redirectInput(in.toFile()), scratch);
        }
    }

    /**
     * The same with an input that does not end before the command does: for clients that say goodbye as soon as it
     * ends, whether they have heard the answer or not.
     */
    public static ClientRun listening(String input, List<String> command) throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch()) {
            return run(builder(command), scratch, input);
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return builder;
    }

    private static ClientRun run(ProcessBuilder builder, Scratch scratch, String... piped)
            throws IOException, InterruptedException {
        Path out = scratch.path("out");
        Path err = scratch.path("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        for (String input : piped) {
            process.getOutputStream().write(input.getBytes(ISO_8859_1));
            process.getOutputStream().flush();
        }
        int exit = exitOf(process, builder.command());
        return new ClientRun(exit, Files.readString(out, ISO_8859_1), Files.readString(err, ISO_8859_1));
    }

    /** Standard output as the bytes it was. */
    public byte[] outBytes() {
        return out.getBytes(ISO_8859_1);
    }

    private static int exitOf(Process process, List<String> command) throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + command);
        }
        return process.exitValue();
    }
}
