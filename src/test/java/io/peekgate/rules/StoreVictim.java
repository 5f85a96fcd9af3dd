package io.peekgate.rules;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that adds a rule for each byte that it is sent, and tells its id, or in one line why it was refused. */
final class StoreVictim {
    private StoreVictim() {}

    public static void main(String... arguments) throws IOException {
        RuleStore store = RuleStore.open(Stores.config(Path.of(arguments[0])));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        while (System.in.read() >= 0) {
            try {
                out.println(Stores.add(store, "a.test").id());
            } catch (UncheckedIOException refused) {
                out.println(refused.getMessage());
            }
        }
    }

    /** Starts it, with its state in this folder. */
    static Process start(Path folder, ProcessBuilder.Redirect in, ProcessBuilder.Redirect out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreVictim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(in)
                .redirectOutput(out)
                .start();
    }

    /** Bytes without an end. */
    static ProcessBuilder.Redirect forEver() {
        return ProcessBuilder.Redirect.from(new File("/dev/zero"));
    }
}
