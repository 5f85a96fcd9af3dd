package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A host of its own: a network namespace with a loopback interface that is up, gone with its links, its rules and the
 * processes in it at {@link #close()}.
 */
public final class Namespace implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Path FILES = Path.of("/etc/netns");

    private final String role;
    private final String name;
    private final List<Closeable> processes = new ArrayList<>();

    private Namespace(String role) {
        this.role = role;
        this.name = "pg" + Long.toString(ProcessHandle.current().pid(), 36) + "-" + NEXT.incrementAndGet() + "-" + role;
    }

    /**
     * A new one.
     *
     * @param role what it is in the test, at most 15 characters: the other ends of its links are named so
     * @throws AssertionError if there cannot be one
     */
    public static Namespace create(String role) throws IOException, InterruptedException {
        Namespace namespace = new Namespace(role);
        command("ip", "netns", "add", namespace.name);
        try {
            namespace.run("ip", "link", "set", "lo", "up");
            return namespace;
        } catch (Throwable e) {
            namespace.close();
            throw e;
        }
    }

    /** Its name, as {@code ip netns} has it. */
    public String name() {
        return name;
    }

    /** What it is in the test. */
    public String role() {
        return role;
    }

    /** A command line that does the same within. */
    public List<String> within(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(command);
        return inside;
    }

    /** Runs a command to its end, within 60 s, whatever comes of it. */
    public ClientRun exec(String... command) throws IOException, InterruptedException {
        return ClientRun.of("", within(List.of(command)));
    }

    /** Runs a command of the packaged program to its end. */
    public ClientRun jar(String... arguments) throws IOException, InterruptedException {
        return ClientRun.of("", within(Jar.command(arguments)));
    }

    /**
     * What a command writes to standard output.
     *
     * @throws AssertionError if it fails
     */
    public String run(String... command) throws IOException, InterruptedException {
        return command(within(List.of(command)).toArray(String[]::new));
    }

    /** Starts a command that goes on until it is stopped, at the latest with the namespace. */
    public JarProcess start(List<String> command) throws IOException {
        JarProcess process = JarProcess.of(within(command));
        processes.add(process);
        return process;
    }

    /** Closes something with the processes. */
    void closes(Closeable item) {
        processes.add(item);
    }

    /** The same of the packaged program. */
    public JarProcess startJar(String... arguments) throws IOException {
        return start(Jar.command(arguments));
    }

    /** A cable to another one: on either side an interface that has the other's role as its name, and is up. */
    public Link link(Namespace far, int number) throws IOException, InterruptedException {
        Link link = new Link(number);
        command("ip", "link", "add", far.role, "netns", name, "type", "veth", "peer", "name", role, "netns", far.name);
        address(far.role, link.near4() + "/24", link.near6() + "/64");
        far.address(role, link.far4() + "/24", link.far6() + "/64");
        return link;
    }

    /** Adds addresses with prefix lengths to an interface and sets it up; they can be used at once. */
    public void address(String device, String... addresses) throws IOException, InterruptedException {
        for (String address : addresses) {
            // Duplicate address detection (RFC 4862 section 5.4) would keep an IPv6 address tentative for a second.
            List<String> unique = address.contains(":") ? List.of("nodad") : List.of();
            List<String> add = new ArrayList<>(List.of("ip", "addr", "add", address, "dev", device));
            add.addAll(unique);
            run(add.toArray(String[]::new));
        }
        run("ip", "link", "set", device, "up");
    }

    /** Sends everything that is not on a link to these routers, one a family. */
    public void defaultVia(String... routers) throws IOException, InterruptedException {
        for (String router : routers) {
            run("ip", "route", "add", "default", "via", router);
        }
    }

    /** Makes it a router. */
    public void forward() throws IOException, InterruptedException {
        set("net.ipv4.ip_forward", "1");
        set("net.ipv6.conf.all.forwarding", "1");
    }

    /** Sets one of the kernel's variables that each namespace has. */
    public void set(String variable, String value) throws IOException, InterruptedException {
        run("sysctl", "-qw", variable + "=" + value);
    }

    /** What commands within ask for names, from now on. */
    public void nameserver(String address) throws IOException {
        Path file = FILES.resolve(name).resolve("resolv.conf");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nameserver " + address + "\n");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (Closing ignored = this::remove) {
            closeAll(processes.iterator());
        }
    }

    /** Each of them, whatever comes of the others. */
    private static void closeAll(Iterator<Closeable> rest) throws IOException {
        if (rest.hasNext()) {
            try (Closeable ignored = rest.next()) {
                closeAll(rest);
            }
        }
    }

    private interface Closing extends AutoCloseable {
        @Override
        void close() throws IOException, InterruptedException;
    }

    private void remove() throws IOException, InterruptedException {
        pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(Namespace::kill));
        command("ip", "netns", "del", name);
        Files.deleteIfExists(FILES.resolve(name).resolve("resolv.conf"));
        Files.deleteIfExists(FILES.resolve(name));
    }

    private Stream<Long> pids() throws IOException, InterruptedException {
        return command("ip", "netns", "pids", name).lines().map(Long::valueOf);
    }

    private static void kill(ProcessHandle left) {
        left.destroyForcibly();
        left.onExit().join();
    }

    private static String command(String... command) throws IOException, InterruptedException {
        ClientRun run = ClientRun.of("", List.of(command));
        assertThat(run.exit())
                .as("exit code of %s, which said: %s%s", List.of(command), run.out(), run.err())
                .isZero();
        return run.out();
    }

    @Override
    public String toString() {
        return name;
    }
}
