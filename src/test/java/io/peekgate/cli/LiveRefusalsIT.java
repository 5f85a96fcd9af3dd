package io.peekgate.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.net.Addresses;
import io.peekgate.testkit.Backend;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a gateway cannot be asked: one sentence, by each of the commands that would. */
class LiveRefusalsIT {
    private static final String CANNOT = "peekgate: the gateway cannot be asked: ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "connections list",
                "connections kill x",
                "connections log",
                "connections log -f",
                "explain --live a.test",
                "propose --live",
                "drain"
            })
    void nothing_runs(String command) throws Exception {
        String nowhere = Addresses.text(LiveGateway.freeAddress());
        assertThat(run(command, nowhere, token()))
                .isEqualTo(new ClientRun(
                        1, "", CANNOT + "nothing answers at " + nowhere + " (admin.bind); is it running?\n"));
    }

    @Test
    void there_is_no_api() throws Exception {
        assertThat(run("status", "off", token())).isEqualTo(new ClientRun(1, "", CANNOT + "admin.bind is off\n"));
        assertThat(ProposeTest.run("healthcheck", "--set", "admin.bind=off", "--set", "metrics.bind=off"))
                .isEqualTo(new ClientRun(
                        1, "", "peekgate: metrics.bind and admin.bind are off, so the gateway cannot be asked\n"));
    }

    @Test
    void the_token_cannot_be_read() throws Exception {
        Path none = folder.resolve("none");
        assertThat(Jar.run("status", "--set", "admin.token-file=" + none))
                .isEqualTo(new ClientRun(
                        1,
                        "",
                        CANNOT + "cannot read " + none + " (admin.token-file); a gateway makes it when it starts with"
                                + " an admin.bind on loopback, for its own user to read\n"));
        Path two = Files.writeString(folder.resolve("two"), "one-token\nanother\n");
        assertThat(run("status", "127.0.0.1:1", two).err())
                .isEqualTo(CANNOT + two + " holds no token (admin.token-file)\n");
    }

    @Test
    void the_token_is_another() throws Exception {
        try (LiveGateway gateway = new LiveGateway(folder, "")) {
            String where = Addresses.text(gateway.admin());
            assertThat(run("status", where, token()))
                    .isEqualTo(new ClientRun(
                            1,
                            "",
                            "peekgate: the gateway at " + where + " wants another token than that of " + token()
                                    + " (admin.token-file); is it another gateway's?\n"));
        }
    }

    @Test
    void something_else_answers_there() throws Exception {
        try (Backend other = new Backend()) {
            Thread answering = new Thread(() -> say(other, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"));
            answering.start();
            String where = Addresses.text(other.address());
            assertThat(run("status", where, token()))
                    .isEqualTo(new ClientRun(
                            1, "", "peekgate: what answers at " + where + " (admin.bind) is no gateway\n"));
            answering.join();
        }
    }

    private static void say(Backend server, String text) {
        try {
            server.accept().send(text.getBytes(US_ASCII));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Path token() throws IOException {
        return Files.writeString(folder.resolve("token"), "0123456789abcdef-not-this\n");
    }

    private static ClientRun run(String command, String bind, Path token) {
        List<String> all = new ArrayList<>(List.of(command.split(" ")));
        all.addAll(List.of("--set", "admin.bind=\"" + bind + "\"", "--set", "admin.token-file=\"" + token + "\""));
        return ProposeTest.run(all.toArray(String[]::new));
    }
}
