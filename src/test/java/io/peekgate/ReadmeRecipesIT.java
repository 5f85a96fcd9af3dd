package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.SelfSigned;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Jar;
import io.peekgate.testkit.JarProcess;
import io.peekgate.testkit.JsonLine;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import io.peekgate.testkit.NginxOrigin;
import io.peekgate.testkit.Readme;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.RequiresNamespaces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README's recipes, as they stand: for a client with a private address, to a server with a public one. */
@RequiresNamespaces
@RequiresClient({"bash", "curl", "nginx", "dnsmasq", "setpriv", "sysctl"})
class ReadmeRecipesIT {
    /** Public, as far as anybody here can tell: no namespace has a way out. */
    private static final List<String> SERVER = List.of("45.45.45.45", "2a00:4545::45");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"gateway, gateway", "tproxy, gateway", "sidecar, client"})
    void they_do_what_they_say(String recipe, String role) throws Exception {
        Readme readme = Readme.read();
        unpack();
        try (Network network = network()) {
            Namespace host = role.equals("client") ? network.client() : network.gateway();
            JarProcess peekgate = host.start(shell(readme, recipe));
            peekgate.awaitErr(line -> line.contains(" ready in "));

            for (int family = 0; family < 2; family++) {
                ClientRun run = network.client()
                        .exec("curl", "-q", "-sSk", "--max-time", "20", family == 0 ? "-4" : "-6", "https://www.test/");
                assertThat(run.out()).as(run.err()).isEqualTo(NginxOrigin.GREETING);
            }
            String original = JsonLine.parse(peekgate.awaitOut(line -> true)).text("original");
            assertThat(original).isEqualTo(SERVER.get(0) + ":443");

            ClientRun doctor = host.exec(shell(readme, "doctor").toArray(String[]::new));
            assertThat(doctor.out() + doctor.err()).isEmpty();
            assertThat(host.run("nft", "list", "ruleset")).containsIgnoringCase("peekgate");
            host.run(shell(readme, "remove").toArray(String[]::new));
            assertThat(host.run("nft", "list", "ruleset")).isEmpty();
        }
    }

    /** What the recipes find where they are run; the gateway's user writes its state there. */
    private void unpack() throws Exception {
        Path jar = Files.createDirectories(directory.resolve("target")).resolve("peekgate.jar");
        Files.copy(Jar.FILE, jar);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(jar.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private List<String> shell(Readme readme, String recipe) {
        assertThat(readme.blocks("sh " + recipe)).hasSize(1);
        return List.of(
                "bash",
                "-ec",
                "cd " + directory + "\n" + readme.blocks("sh " + recipe).get(0));
    }

    private static Network network() throws Exception {
        Network network = Network.create();
        try {
            network.client().address("gateway", "10.18.0.2/24");
            network.gateway().address("client", "10.18.0.1/24");
            network.client().run("ip", "route", "replace", "default", "via", "10.18.0.1", "src", "10.18.0.2");
            network.server().address("gateway", SERVER.get(0) + "/32", SERVER.get(1) + "/128");
            network.gateway()
                    .run(
                            "ip",
                            "route",
                            "add",
                            SERVER.get(0),
                            "via",
                            network.outside().far4());
            network.gateway()
                    .run(
                            "ip",
                            "route",
                            "add",
                            SERVER.get(1),
                            "via",
                            network.outside().far6());
            network.nameserver(List.of("www.test/" + SERVER.get(0), "www.test/" + SERVER.get(1)));
            List<InetSocketAddress> sockets = List.of(
                    new InetSocketAddress(InetAddress.getByName(SERVER.get(0)), 443),
                    new InetSocketAddress(InetAddress.getByName(SERVER.get(1)), 443));
            network.closes(NginxOrigin.in(network.server(), SelfSigned.forNames("www.test"), sockets));
            return network;
        } catch (Throwable e) {
            network.close();
            throw e;
        }
    }
}
