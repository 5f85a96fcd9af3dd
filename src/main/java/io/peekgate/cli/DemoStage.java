package io.peekgate.cli;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.boot.Administration;
import io.peekgate.boot.Gateway;
import io.peekgate.boot.GatewaySteering;
import io.peekgate.boot.Metering;
import io.peekgate.boot.Reloader;
import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.demo.DemoClient;
import io.peekgate.demo.DnsServer;
import io.peekgate.demo.SelfSigned;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.net.Addresses;
import io.peekgate.report.SessionObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the demo plays on: an origin, a DNS server and a gateway between them and the client, all on loopback. */
final class DemoStage implements AutoCloseable {
    /** Where the meters are, if the gateway has a port that is known. */
    static final String METERS = "127.0.0.1:9464";
    /** Where the admin API and page are, if so. */
    static final String ADMIN = "127.0.0.1:9443";

    private static final int TTL = 60;

    private final SelfSigned certificate = SelfSigned.forNames(Scene.PASSES, Scene.DROPPED);
    private final TlsOrigin origin;
    private final DnsServer dns;
    private final Path state;
    private final boolean isTemporary;
    private final Metering metering;
    private final Administration administration;
    private final Gateway gateway;

    /**
     * @param port for the gateway; 0 for any free one, and nothing beside it
     * @param given where the gateway's state is; empty: in a temporary folder, which goes with it
     * @throws io.peekgate.boot.BindFailure if another program has that port
     */
    DemoStage(int port, Optional<Path> given, SessionObserver observer) throws IOException {
        origin = new TlsOrigin(certificate);
        dns = new DnsServer()
                .addresses(Scene.PASSES, TTL, "127.0.0.1")
                .addresses(Scene.DROPPED, TTL, "127.0.0.1")
                .addresses(Scene.PRIVATE, TTL, "10.0.0.7")
                .fails(Scene.UNKNOWN, DnsResponseCode.NXDOMAIN);
        isTemporary = given.isEmpty();
        state = isTemporary ? Files.createTempDirectory("peekgate-demo") : Files.createDirectories(given.get());
        List<String> settings = settings(port);
        Loaded loaded = ConfigLoader.loadAll(List.of(), settings);
        metering = new Metering(loaded.config());
        administration = new Administration(loaded.config().admin());
        gateway = Gateway.start(loaded.config(), SessionObserver.all(administration.beside(metering.beside(observer))));
        metering.start(gateway, Version.number(), Metering.Counts.NONE);
        Reloader reloader = new Reloader(loaded, () -> ConfigLoader.loadAll(List.of(), settings), gateway, next -> {});
        administration.start(new GatewaySteering(Version.number(), gateway, reloader, () -> 0, gateway::drain));
    }

    private List<String> settings(int port) {
        return List.of(
                "listeners=[{ name = demo, bind = \"127.0.0.1:" + port
                        + "\", reuse-port = false, allow-ports = [], default-port = "
                        + origin.address().getPort() + " }]",
                "state-dir=\"" + state + "\"",
                port == 0 ? "metrics.bind=off" : "metrics.bind=\"" + METERS + "\"",
                port == 0 ? "admin.bind=off" : "admin.bind=\"" + ADMIN + "\"",
                "dns.servers=[\"" + Addresses.text(dns.address()) + "\"]",
                "policy.rules=[{ name = no-ads, match = \"ads.demo.example\", action = drop }, "
                        + "{ name = the-origin, match = \"www.demo.example\", allow-private = true }, "
                        + "{ name = demo-names, match = \".demo.example\" }]");
    }

    InetSocketAddress address() {
        return gateway.addresses().get(0);
    }

    DemoClient client() {
        return new DemoClient(address(), certificate.context());
    }

    /** The file that holds what opens the admin API. */
    Path token() {
        return state.resolve("admin.token");
    }

    String certificatePem() {
        return certificate.certificatePem();
    }

    @Override
    public void close() {
        gateway.close();
        administration.close();
        metering.close();
        dns.close();
        origin.close();
        if (isTemporary) {
            deleteState();
        }
    }

    private void deleteState() {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
