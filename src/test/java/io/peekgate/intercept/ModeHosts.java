package io.peekgate.intercept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.SelfSigned;
import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.Namespace;
import io.peekgate.testkit.Network;
import io.peekgate.testkit.NginxOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The hosts of {@link ModeContract}: a client, a gateway, a web server on ports 443 and 8443 and a nameserver, none of
 * them with anything of Peekgate yet.
 */
final class ModeHosts implements AutoCloseable {
    static final String WWW = "www.test";
    static final String DROPPED = "ads.test";
    /** Of the captured hellos. */
    static final String LATE = "www.example.com";

    static final String LATE_ADDRESS = "198.18.2.4";
    static final Duration HALF_CLOSED_TIMEOUT = Duration.ofSeconds(20);

    /** Who sends datagrams to this server never hears of it, so that a refusal comes from the gateway. */
    private static final String DEAF =
            "table inet deaf { chain in { type filter hook input priority 0; meta l4proto udp drop; }; }";

    private final Network network;
    private final Path ca;
    private final String nameserver;

    private ModeHosts(Network network, Path directory) throws Exception {
        this.network = network;
        SelfSigned certificate = SelfSigned.forNames(WWW);
        ca = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
        network.server().address("gateway", LATE_ADDRESS + "/24");
        network.server().run("nft", DEAF);
        network.nginx(certificate, 443, 8443);
        nameserver = network.nameserver(records());
    }

    /**
     * New ones.
     *
     * @param directory for their files
     */
    static ModeHosts create(Path directory) throws Exception {
        Network network = Network.create();
        try {
            return new ModeHosts(network, directory);
        } catch (Throwable e) {
            network.close();
            throw e;
        }
    }

    private List<String> records() {
        List<String> records = new ArrayList<>(List.of(LATE + "/" + LATE_ADDRESS));
        for (String name : List.of(WWW, DROPPED)) {
            records.add(name + "/" + network.outside().far4());
            records.add(name + "/" + network.outside().far6());
        }
        return records;
    }

    /** Writes what the gateway is to be. */
    Path configuration(Mode mode) throws IOException {
        return Files.writeString(
                ca.resolveSibling("peekgate.conf"),
                """
                peekgate {
                  listeners = [ { bind = "[::]:8443", capture = %s, sources = ["198.18.0.0/15", "fd18::/16"] } ]
                  policy.rules = [ { name = refused, match = "%s", action = drop }
                                   { name = served, match = ["%s", "%s"], action = passthrough } ]
                  destinations.allow = ["198.18.0.0/15", "fd18::/16"]
                  dns.servers = ["%s:53"]
                  relay.half-closed-timeout = %d s
                }
                """.formatted(
                                mode == Mode.TPROXY ? "tproxy" : "redirect",
                                DROPPED,
                                WWW,
                                LATE,
                                nameserver,
                                HALF_CLOSED_TIMEOUT.toSeconds()),
                UTF_8);
    }

    Network network() {
        return network;
    }

    Namespace client() {
        return network.client();
    }

    /** The certificate that the web server is to be trusted by. */
    Path ca() {
        return ca;
    }

    /** As access lines show it. */
    String clientAddress(String family) {
        return family.equals("-4")
                ? network.inside().near4()
                : "[" + network.inside().near6() + "]";
    }

    /** As access lines show it. */
    String serverAddress(String family) {
        return family.equals("-4")
                ? network.outside().far4()
                : "[" + network.outside().far6() + "]";
    }

    ClientRun curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-sS", "--max-time", "20"));
        command.addAll(List.of("--cacert", ca.toString()));
        command.addAll(List.of(arguments));
        return client().exec(command.toArray(String[]::new));
    }

    static void assertPage(ClientRun run) {
        assertThat(run.out()).as(run.err()).isEqualTo(NginxOrigin.GREETING);
    }

    /** What a client hears that sends datagrams until one is refused, or there were enough of them. */
    String udp(String address, int port) throws IOException, InterruptedException {
        String send = "exec 3<>/dev/udp/" + address + "/" + port + "; for i in $(seq 50); do"
                + " echo hello 2>&1 >&3 | grep -o 'Connection refused' && exit; done; true";
        return client().run("bash", "-c", send);
    }

    @Override
    public void close() throws Exception {
        network.close();
    }
}
