package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program: the build makes it before the tests that need it. */
public final class Jar {
    public static final Path FILE = Path.of("target", "peekgate.jar").toAbsolutePath();

    private Jar() {}

    /** What starts it, by the Java of this test; quick to start rather than quick to run. */
    public static List<String> command(String... arguments) {
        return command(FILE, arguments);
    }

    /** The same of another copy. */
    public static List<String> command(Path jar, String... arguments) {
        assertThat(jar).as("what mvn package makes").isRegularFile();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-Dio.netty.leakDetection.level=paranoid", "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs one of its commands to its end. */
    public static ClientRun run(String... arguments) throws IOException, InterruptedException {
        return ClientRun.of("", command(arguments));
    }
}
