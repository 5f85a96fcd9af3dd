package io.peekgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.net.Addresses;
import io.peekgate.testkit.AdminGateway;
import io.peekgate.testkit.ClientRun;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyStreamsIT {
    @TempDir
    private Path directory;

    @Test
    void who_follows_the_log_beside_too_many_others_is_told_what_to_do() throws Exception {
        try (AdminGateway gateway = new AdminGateway(directory)) {
            List<Socket> others = gateway.streams();
            assertThat(others).hasSize(17);
            ClientRun follow = ProposeTest.run(
                    "connections",
                    "log",
                    "-f",
                    "-c",
                    gateway.file().toString(),
                    "--set",
                    "state-dir=\"" + directory + "\"",
                    "--set",
                    "admin.bind=\"" + Addresses.text(gateway.admin()) + "\"");
            assertThat(follow.exit()).isEqualTo(1);
            assertThat(follow.err()).startsWith("peekgate: as many streams are open as there may be; end another");
            for (Socket other : others) {
                other.close();
            }
        }
    }
}
