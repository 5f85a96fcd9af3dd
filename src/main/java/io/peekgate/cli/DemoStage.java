package io.peekgate.cli;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.boot.Gateway;
import io.peekgate.boot.Metering;
import io.peekgate.config.ConfigLoader;
import io.peekgate.config.ProxyConfig;
import io.peekgate.demo.DemoClient;
import io.peekgate.demo.DnsServer;
import io.peekgate.demo.SelfSigned;
import io.peekgate.demo.TlsOrigin;
import io.peekgate.net.Addresses;
import io.peekgate.report.SessionObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** What the demo plays on: an origin, a DNS server and a gateway between them and the client, all on loopback. */
final class DemoStage implements AutoCloseable {
    /** Where the meters are, if the gateway has a port that is known. */
    static final String METERS = "127.0.0.1:9464";

    private static final int TTL = 60;

    private final SelfSigned certificate = SelfSigned.forNames(Scene.PASSES, Scene.DROPPED);
    private final TlsOrigin origin;
    private final DnsServer dns;
    private final Metering metering;
    private final Gateway gateway;

    /**
     * @param port for the gateway; 0 for any free one, and no meters
     * @throws io.peekgate.boot.BindFailure if another program has that port
     */
    DemoStage(int port, SessionObserver observer) throws IOException {
        origin = new TlsOrigin(certificate);
        dns = new DnsServer()
                .addresses(Scene.PASSES, TTL, "127.0.0.1")
                .addresses(Scene.DROPPED, TTL, "127.0.0.1")
                .addresses(Scene.PRIVATE, TTL, "10.0.0.7")
                .fails(Scene.UNKNOWN, DnsResponseCode.NXDOMAIN);
        ProxyConfig config = config(port);
        metering = new Metering(config);
        gateway = Gateway.start(config, SessionObserver.all(metering.beside(observer)));
        metering.start(gateway, Version.number(), Metering.Counts.NONE);
    }

    private ProxyConfig config(int port) {
        return ConfigLoader.load(
                List.of(),
                List.of(
                        "listeners=[{ name = demo, bind = \"127.0.0.1:" + port
                                + "\", reuse-port = false, allow-ports = [], default-port = "
                                + origin.address().getPort() + " }]",
                        port == 0 ? "metrics.bind=off" : "metrics.bind=\"" + METERS + "\"",
                        "dns.servers=[\"" + Addresses.text(dns.address()) + "\"]",
                        "policy.rules=[{ name = no-ads, match = \"ads.demo.example\", action = drop }, "
                                + "{ name = the-origin, match = \"www.demo.example\", allow-private = true }, "
                                + "{ name = demo-names, match = \".demo.example\" }]"));
    }

    InetSocketAddress address() {
        return gateway.addresses().get(0);
    }

    DemoClient client() {
        return new DemoClient(address(), certificate.context());
    }

    String certificatePem() {
        return certificate.certificatePem();
    }

    @Override
    public void close() {
        gateway.close();
        metering.close();
        dns.close();
        origin.close();
    }
}
