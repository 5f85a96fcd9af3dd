package io.peekgate.intercept;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** The machine that this runs on, or the network namespace. */
public final class LocalHost implements Host {
    private static final int LIMIT_SECONDS = 20;
    private static final int SHELL_KILLED = 137;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int SILENCE_MILLIS = 300;

    @Override
    public Result sh(String script) {
        try {
            Path output = Files.createTempFile("peekgate-", ".out");
            try {
                int exit = run(script, output);
                return new Result(exit, new String(Files.readAllBytes(output), UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new InterceptException("sh cannot be run: " + e.getMessage(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterceptException("interrupted", false);
        }
    }

    /** The tools are in sbin, which is not in everybody's PATH; and they must not speak the user's language. */
    private static int run(String script, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", Script.PREAMBLE + script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return SHELL_KILLED;
        }
        return process.exitValue();
    }

    @Override
    public boolean whileConnected(String address, int port, IntPredicate look) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return staysOpen(socket) && look.test(socket.getLocalPort());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whoever waits for the client's first word says nothing for a while. */
    private static boolean staysOpen(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silence) {
            return true;
        }
    }

    /** In large pieces: the kernel's variables end after the first piece, however small that was. */
    @Override
    public Optional<String> read(String file) {
        StringWriter text = new StringWriter();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            reader.transferTo(text);
            return Optional.of(text.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
