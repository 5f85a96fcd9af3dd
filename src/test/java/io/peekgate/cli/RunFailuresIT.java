package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.RequiresClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code peekgate run} that cannot: each time its own exit code, and a line that says what to change. */
class RunFailuresIT {
    private static final Path FIRST_UNPRIVILEGED_PORT = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    @TempDir
    private Path directory;

    @AfterEach
    void makeDeletable() throws IOException {
        allow("rwxr-xr-x");
    }

    @Test
    void a_port_in_use() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            ClientRun run = Jar.run("run", "--set", listener(address), "--set", "state-dir=" + directory);

            assertThat(run.exit()).isEqualTo(69);
            assertThat(run.out()).isEmpty();
            assertThat(onlyLine(run))
                    .startsWith("peekgate: listener egress cannot bind " + address)
                    .contains("in use");
        }
    }

    @Test
    void an_invalid_configuration() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.conf"), """
                peekgate {
                  listners = []
                  policy.default-action = pass
                }
                """);

        assertThat(Jar.run("run", "-c", file.toString()))
                .isEqualTo(new ClientRun(78, "", """
                        FILE:2: listners: unknown key; did you mean "listeners"?
                        FILE:3: policy.default-action: "pass" is none of passthrough, drop
                        """.replace("FILE", file.toString())));
    }

    @Test
    void an_admin_address_beyond_loopback_without_a_token() throws Exception {
        String token = directory.resolve("admin.token").toString();
        ClientRun run = Jar.run(
                "run",
                "--set",
                "admin.bind=\"0.0.0.0:0\"",
                "--set",
                listener("127.0.0.1:0"),
                "--set",
                "state-dir=" + directory);

        assertThat(run.exit()).isEqualTo(78);
        assertThat(onlyLine(run))
                .isEqualTo("admin.token-file: " + token
                        + " cannot be read; write a token into it, for its owner alone to read"
                        + " (none is made for an address beyond loopback); or set admin.bind to off");
        assertThat(Path.of(token)).doesNotExist();
    }

    @Test
    void a_transport_that_this_system_has_not() throws Exception {
        String foreign = System.getProperty("os.name").equals("Linux") ? "kqueue" : "epoll";
        ClientRun run = Jar.run(
                "run",
                "--set",
                "event-loop.transport=" + foreign,
                "--set",
                listener("127.0.0.1:0"),
                "--set",
                "state-dir=" + directory);

        assertThat(run.exit()).isEqualTo(78);
        assertThat(onlyLine(run))
                .isEqualTo("event-loop.transport: " + foreign
                        + " cannot be had on this machine; write auto, or leave it out");
    }

    @Test
    @RequiresClient("setpriv")
    void a_port_that_this_user_may_not_have() throws Exception {
        int first = Integer.parseInt(Files.readAllLines(FIRST_UNPRIVILEGED_PORT).get(0));
        assumeTrue(first > 1, "every port is anybody's here");
        allow("rwxrwxrwx");
        String address = "127.0.0.1:" + (first - 1);
        ClientRun run = runUnprivileged(address);

        assertThat(run.exit()).isEqualTo(77);
        assertThat(onlyLine(run))
                .startsWith("peekgate: listener egress cannot bind " + address)
                .contains("Permission denied");
    }

    @Test
    @RequiresClient("setpriv")
    void a_state_directory_that_this_user_may_not_write() throws Exception {
        ClientRun run = runUnprivileged("127.0.0.1:0");

        assertThat(run.exit()).isEqualTo(77);
        assertThat(onlyLine(run))
                .startsWith("peekgate: cannot use the state directory " + directory.resolve("var"))
                .contains("set state-dir to one that can be written");
    }

    /** As nobody if we are root, to whom all is allowed; else as we are, in a directory that is closed to us. */
    private ClientRun runUnprivileged(String address) throws IOException, InterruptedException {
        Path readable = Files.copy(Jar.FILE, directory.resolve("peekgate.jar"));
        List<String> command = new ArrayList<>();
        if (Files.getAttribute(directory, "unix:uid").equals(0)) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(Jar.command(
                readable, "run", "--set", listener(address), "--set", "state-dir=" + directory.resolve("var")));
        if (!Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
            allow("r-xr-xr-x");
        }
        return ClientRun.of("", command);
    }

    private static String onlyLine(ClientRun run) {
        assertThat(run.err().lines()).hasSize(1);
        return run.err().strip();
    }

    private void allow(String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    private static String listener(String address) {
        return "listeners=[{ name = egress, bind = \"" + address + "\" }]";
    }
}
