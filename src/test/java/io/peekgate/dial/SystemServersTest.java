package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemServersTest {
    @TempDir
    Path directory;

    @Test
    void where_the_system_names_no_server_the_local_one_is_asked_and_never_a_public_one() throws IOException {
        Path silent = Files.writeString(directory.resolve("resolv.conf"), "# none\nsearch example.org\n");
        assertThat(first(silent)).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    }

    private static InetSocketAddress first(Path resolvConf) {
        return SystemServers.of(resolvConf)
                .nameServerAddressStream("www.example.org")
                .next();
    }
}
