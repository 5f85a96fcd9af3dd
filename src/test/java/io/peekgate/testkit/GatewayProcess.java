package io.peekgate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code peekgate run} as a process, with both logs in JSON, no meters, and its state in a directory that goes with it. */
public final class GatewayProcess implements AutoCloseable {
    private static final Pattern LISTENER = Pattern.compile(" on ([0-9.]+|\\[[0-9a-f:]+]):(\\d+)");

    private final JarProcess process;
    private final String startUp;
    private int taken;

    private GatewayProcess(JarProcess process) {
        this.process = process;
        this.startUp = awaitMessage(message -> message.contains(" ready in "));
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param configuration HOCON; without listeners, there is one on a free port of 127.0.0.1
     * @param options more for {@code run}
     */
    public static GatewayProcess start(String configuration, String... options) throws IOException {
        try (Scratch scratch = new Scratch()) {
            String base = "peekgate { listeners = [ { bind = \"127.0.0.1:0\" } ] }\n";
            return of(scratch.write("test.conf", (base + configuration).getBytes(UTF_8)), options);
        }
    }

    /** The same with a configuration file. */
    public static GatewayProcess of(Path file, String... options) throws IOException {
        return ready(JarProcess.start(arguments(file, options)));
    }

    /** The same in a namespace. */
    public static GatewayProcess in(Namespace host, Path file, String... options) throws IOException {
        return ready(host.startJar(arguments(file, options)));
    }

    /** The same as a user who has no right but to use the files of this test. */
    public static GatewayProcess as(int user, Namespace host, Path file, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid", Integer.toString(user), "--clear-groups"));
        command.addAll(List.of("--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"));
        command.addAll(List.of("--securebits", "+no_setuid_fixup")); // or access(2) would not count it
        command.addAll(Jar.command(arguments(file, options)));
        return ready(host.start(command));
    }

    private static String[] arguments(Path file, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "-c",
                file.toString(),
                "--set",
                "log.format=json",
                "--set",
                "metrics.bind=off",
                "--set",
                "admin.bind=off"));
        command.addAll(List.of(options));
        return command.toArray(String[]::new);
    }

    private static GatewayProcess ready(JarProcess process) throws IOException {
        try {
            return new GatewayProcess(process);
        } catch (Throwable e) {
            process.close();
            throw e;
        }
    }

    /** Where its first listener is bound. */
    public InetSocketAddress address() {
        return addresses().get(0);
    }

    /** Where its listeners are bound, as the start-up line says. */
    public List<InetSocketAddress> addresses() {
        Stream<MatchResult> found = LISTENER.matcher(startUp).results();
        return found.map(part -> new InetSocketAddress(part.group(1), Integer.parseInt(part.group(2))))
                .toList();
    }

    /** The message of the start-up line. */
    public String startUp() {
        return startUp;
    }

    /** All access lines so far. */
    public List<JsonLine> access() {
        return process.out().stream().map(JsonLine::parse).toList();
    }

    /** The next access line, in the order of the connections' ends. */
    public JsonLine awaitAccess() {
        return awaitAccess(line -> true);
    }

    /**
     * The next access line that is like this; those before it are passed over.
     *
     * @throws AssertionError if none comes within 30 s
     */
    public JsonLine awaitAccess(Predicate<JsonLine> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> take(wanted), Optional::isPresent)
                .orElseThrow();
    }

    /** The server log's messages so far, but the first, which is the start-up line. */
    public List<String> messages() {
        return process.err().stream()
                .map(line -> JsonLine.parse(line).text("message"))
                .filter(not(startUp::equals))
                .toList();
    }

    /** The first message of the server log that is like this. */
    public String awaitMessage(Predicate<String> wanted) {
        String line = process.awaitErr(json -> wanted.test(JsonLine.parse(json).text("message")));
        return JsonLine.parse(line).text("message");
    }

    public JarProcess process() {
        return process;
    }

    /** Sends SIGTERM and waits for the end; gives the exit code. */
    public int stop() throws InterruptedException {
        process.terminate();
        return process.awaitExit();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    private Optional<JsonLine> take(Predicate<JsonLine> wanted) {
        List<JsonLine> lines = access();
        while (taken < lines.size()) {
            JsonLine line = lines.get(taken++);
            if (wanted.test(line)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
