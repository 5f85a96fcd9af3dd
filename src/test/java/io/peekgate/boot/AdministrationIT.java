package io.peekgate.boot;

import static org.awaitility.Awaitility.await;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import io.peekgate.report.SessionObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the admin server. */
class AdministrationIT {
    @TempDir
    private Path directory;

    @Test
    void what_is_closed_while_it_loads_does_not_serve_afterwards() throws Exception {
        int port = freePort();
        ProxyConfig config = ConfigLoader.load(
                List.of(),
                List.of(
                        "listeners=[{ bind = \"127.0.0.1:0\" }]",
                        "admin.bind=\"127.0.0.1:" + port + "\"",
                        "state-dir=\"" + directory + "\""));
        try (Gateway gateway = Gateway.start(config, SessionObserver.all(List.of()))) {
            Administration administration = new Administration(config.admin());
            administration.start(new GatewaySteering("1", gateway, null, () -> 0, () -> {}));
            administration.close();
            await().during(Duration.ofSeconds(1)).until(() -> isRefused(port));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static boolean isRefused(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
