package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.GatewayProcess;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Link;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A client, a gateway that redirects, and a server, each a host. */
@RequiresNamespaces
@RequiresClient("openssl")
abstract class CaptureHosts {
    static final List<String> FAMILIES = List.of("iptables", "ip6tables");

    /** What takes no certificate. */
    private static final String ANONYMOUS = "aNULL:@SECLEVEL=0";

    @TempDir
    private Path directory;

    private Network network;
    Namespace client;
    Namespace gateway;
    Link inside;
    Link outside;

    @BeforeEach
    void connect() throws Exception {
        network = Network.create();
        client = network.client();
        gateway = network.gateway();
        inside = network.inside();
        outside = network.outside();
        for (String port : List.of("443", "8444")) {
            JarProcess origin = network.server()
                    .start(List.of("openssl", "s_server", "-accept", port, "-nocert", "-cipher", ANONYMOUS, "-tls1_2"));
            origin.awaitOut(line -> line.contains("ACCEPT"));
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        network.close();
    }

    /** A gateway, closed with its host, on port 8443 of every address, whose DNS says that all names are the server's, v4 only. */
    GatewayProcess start(String listener, String policy) throws Exception {
        List<String> names = Stream.of("www", "resolve", "keep", "original", "strict")
                .map(name -> '"' + name + ".test\" = [\"" + outside.far4() + "\"]")
                .toList();
        Path written = directory.resolve("test.conf");
        Files.writeString(written, String.format("""
                peekgate {
                  listeners = [ { bind = "*:8443", allow-ports = [], sources = any, %s } ]
                  policy { %s }
                  destinations { allow = ["198.18.0.0/15", "fd18::/16"] }
                  dns { servers = ["127.0.0.1:1"], timeout = 50ms, attempts = 1, overrides { %s } }
                }
                """, listener, policy, String.join(", ", names)));
        return GatewayProcess.in(gateway, written);
    }

    void redirect(String chain, String ports) throws Exception {
        for (String iptables : FAMILIES) {
            String in = chain.equals("PREROUTING") ? " -i client" : "";
            gateway.run((iptables + " -t nat -A " + chain + in + " -p tcp -m multiport --dports " + ports
                            + " -j REDIRECT --to-ports 8443")
                    .split(" "));
        }
    }

    /** Expects a handshake that reaches the server, and gives its access line. */
    static JsonLine served(GatewayProcess peekgate, Namespace from, String name, String to) throws Exception {
        ClientRun run = greeting(from, name, to);
        assertThat(run.out()).as(run.err()).contains("New, TLSv1.2");
        JsonLine line = peekgate.awaitAccess();
        assertThat(line.text("action")).isEqualTo("pass");
        assertThat(line.text("original")).isEqualTo(to);
        return line;
    }

    static ClientRun greeting(Namespace from, String name, String to) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", to, "-cipher", ANONYMOUS, "-tls1_2"));
        command.addAll(name == null ? List.of("-noservername") : List.of("-servername", name));
        return from.exec(command.toArray(String[]::new));
    }
}
