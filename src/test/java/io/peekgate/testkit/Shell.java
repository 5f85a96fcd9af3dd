package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** Runs command lines as a person would, in the project's folder. */
public final class Shell {
    private Shell() {}

    /**
     * What a command line prints, on both streams.
     *
     * @throws AssertionError if it fails
     */
    public static String run(String line) throws IOException, InterruptedException {
        ClientRun run = ClientRun.of("", List.of("bash", "-c", "exec 2>&1; " + line));
        assertThat(run.exit())
                .as("exit code of %s, which printed:%n%s", line, run.out())
                .isZero();
        return run.out();
    }

    /** What a person at a terminal sees of it, whether it fails or not. */
    public static String onTerminal(String line) throws IOException, InterruptedException {
        ClientRun run = ClientRun.of("", List.of("script", "-q", "-c", line, "/dev/null"));
        return new String(run.outBytes(), UTF_8).replace("\r", "");
    }
}
