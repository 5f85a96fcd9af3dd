package io.peekgate.intercept.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway to be looked over, with a client before it. */
@RequiresNamespaces
@RequiresClient({"dnsmasq", "ss"})
abstract class DoctorHosts {
    static final String CONFIGURATION = """
            peekgate {
              listeners = [ { bind = "[::]:8443", sources = [loopback, private, "198.18.0.0/15"] } ]
              dns { servers = ["127.0.0.1:53"], timeout = 1s, attempts = 1 }
            }
            """;

    static final String TPROXY = CONFIGURATION.replace("bind =", "capture = tproxy, bind =");

    @TempDir
    Path directory;

    private Namespace client;
    Namespace gateway;

    @BeforeEach
    void makeHosts() throws IOException, InterruptedException {
        client = Namespace.create("client");
        gateway = Namespace.create("gateway");
        client.link(gateway, 1);
        gateway.defaultVia("198.18.1.1", "fd18:1::1");
        gateway.forward();
        gateway.set("net.ipv4.conf.all.rp_filter", "0");
        gateway.set("net.ipv4.conf.client.rp_filter", "0");
        gateway.start(List.of("dnsmasq", "-d", "-h", "-R", "-C", "/dev/null", "-i", "lo", "-z", "--address=/invalid/"));
    }

    @AfterEach
    void closeHosts() throws IOException, InterruptedException {
        client.close();
        gateway.close();
    }

    /** One line a finding, all of the one check. */
    static void assertFound(ClientRun run, String check) {
        assertThat(run.out().lines().map(line -> line.replaceAll("\t.*", "")).distinct())
                .as("%s%s", run.out(), run.err())
                .containsExactly(check);
        assertThat(run.out().lines()).allMatch(line -> line.matches("[^\t]+\t[^\t]+\t[^\t]+"));
        assertThat(run.exit()).isEqualTo(1);
    }

    Path file() {
        return directory.resolve("peekgate.conf");
    }

    GatewayProcess running(String mode, String configuration) throws IOException, InterruptedException {
        apply(mode, configuration);
        return GatewayProcess.as(998, gateway, file());
    }

    /** As a user without rights, but for tproxy. */
    GatewayProcess sound(String mode) throws IOException, InterruptedException {
        if (!mode.startsWith("tproxy")) {
            return running(mode, CONFIGURATION);
        }
        apply(mode, TPROXY);
        return GatewayProcess.in(gateway, file());
    }

    void apply(String mode, String configuration) throws IOException, InterruptedException {
        Files.writeString(file(), configuration);
        List<String> words = new ArrayList<>(List.of("intercept", "apply", "-c", file().toString(), "--mode"));
        words.addAll(List.of(mode.split(" ")));
        ClientRun applied = gateway.jar(words.toArray(String[]::new));
        assertThat(applied.exit()).as(applied.err()).isZero();
    }
}
