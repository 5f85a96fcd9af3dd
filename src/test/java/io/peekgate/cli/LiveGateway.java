package io.peekgate.cli;

import static org.awaitility.Awaitility.await;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A gateway as a process with its admin API, one name that passes, and the commands that ask it. */
final class LiveGateway implements AutoCloseable {
    static final String NAME = "tunnel.test";

    private final Tunnel.Origin origin = new Tunnel.Origin();
    private final InetSocketAddress admin = freeAddress();
    private final Path file;
    private final GatewayProcess process;

    /** @param more of its configuration, in HOCON */
    LiveGateway(Path folder, String more) throws IOException {
        file = folder.resolve("gate.conf");
        write(more);
        process = GatewayProcess.of(file, "--set", adminBind());
        await().atMost(Duration.ofSeconds(30)).until(this::isServed);
    }

    /** Writes its configuration, which counts from the next reload. */
    void write(String more) throws IOException {
        Files.writeString(
                file,
                "peekgate { listeners = [ { bind = \"127.0.0.1:0\" } ], metrics.bind = off\nstate-dir = \"" + state()
                        + "\"\n" + adminBind() + " }\n" + origin.passing(NAME) + "\n" + more);
    }

    private String adminBind() {
        return "admin.bind=\"127.0.0.1:" + admin.getPort() + "\"";
    }

    /** Runs a command of the packaged program, with this gateway's configuration. */
    ClientRun jar(String... command) throws IOException, InterruptedException {
        return Jar.run(command(command));
    }

    /** The same in this process, which is quicker. */
    ClientRun ask(String... command) {
        return ProposeTest.run(command(command));
    }

    String[] command(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("-c", file.toString()));
        return all.toArray(String[]::new);
    }

    /** A connection that stays. */
    Tunnel tunnel() throws IOException {
        return origin.connect(process.address(), NAME);
    }

    /** Sends a hello for this name and waits for the access line; gives the rule, else the reason. */
    String outcome(String name) throws IOException {
        Tunnel.hello(process.address(), name).close();
        var line = process.awaitAccess(access -> name.equals(access.fields().get("sni")));
        return line.has("rule") ? line.text("rule") : line.text("reason");
    }

    GatewayProcess process() {
        return process;
    }

    InetSocketAddress admin() {
        return admin;
    }

    Path state() {
        return file.resolveSibling("var");
    }

    static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) free.getLocalSocketAddress();
        }
    }

    private boolean isServed() {
        try (Socket probe = new Socket(admin.getAddress(), admin.getPort())) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
        origin.close();
    }
}
