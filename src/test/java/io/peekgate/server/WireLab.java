package io.peekgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.demo.DnsServer;
import io.peekgate.model.CloseReason;
import io.peekgate.model.CloseReason.Action;
import io.peekgate.model.SessionReport;
import io.peekgate.testkit.Backend;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RunningGateway;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A backend, a DNS server that knows it as {@link #NAME}, and a gateway that lets everything pass to it, but for what a
 * test changes. Closing it checks that every connection was let go of and had one report.
 */
final class WireLab implements AutoCloseable {
    static final String NAME = "www.example.com";
    static final byte[] HELLO = Hellos.captured("curl-h1");

    static final int ACCESS_DENIED = 49;
    static final int INTERNAL_ERROR = 80;
    static final int UNRECOGNIZED_NAME = 112;
    static final byte[] NOTHING = {};

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Backend backend = opened(new Backend());
    private final DnsServer dns = opened(new DnsServer().addresses(NAME, 60, "127.0.0.1"));
    private RunningGateway gateway;

    WireLab() throws IOException {}

    /** Starts the gateway. */
    WireLab start(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                listener(""),
                "dns.servers=[\"127.0.0.1:" + dns.address().getPort() + "\"]",
                "destinations.allow=[\"127.0.0.0/8\"]",
                "policy.default-action=passthrough"));
        all.addAll(List.of(overrides));
        gateway = new RunningGateway(all);
        open.addLast(gateway);
        return this;
    }

    /** A setting of one listener that dials the backend's port. */
    String listener(String more) {
        return "listeners=[{ bind = \"127.0.0.1:0\", allow-ports = [], default-port = " + backend.port() + ", " + more
                + " }]";
    }

    /** A setting of one rule for {@link #NAME}. */
    static String rule(String more) {
        return "policy.rules=[{ name = the-rule, match = \"" + NAME + "\", " + more + " }]";
    }

    RunningGateway gateway() {
        return gateway;
    }

    Backend backend() {
        return backend;
    }

    DnsServer dns() {
        return dns;
    }

    /** A new client of the gateway. */
    RawSocket connect() throws IOException {
        return opened(gateway.connect());
    }

    /** A new client that says nothing; empty if it was reset so soon that already its connect failed. */
    Optional<RawSocket> knock() throws IOException {
        try {
            return Optional.of(connect());
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
            return Optional.empty();
        }
    }

    /** A new client that says these bytes. */
    RawSocket say(byte[]... segments) throws IOException {
        return connect().send(segments);
    }

    /** What will be closed with this. */
    <T extends AutoCloseable> T opened(T item) {
        open.push(item);
        return item;
    }

    /** A fatal alert. */
    static byte[] alert(int description) {
        return new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
    }

    /** Expects a report of a drop before anything was connected. */
    SessionReport assertDropped(CloseReason reason, String detail) {
        return assertRefused(reason, Action.DROP, detail);
    }

    /** Expects a report of a failed dial. */
    SessionReport assertFailed(CloseReason reason, String detail) {
        return assertRefused(reason, Action.FAIL, detail);
    }

    private SessionReport assertRefused(CloseReason reason, Action action, String detail) {
        SessionReport report = gateway.awaitOne();
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.reason().action()).isEqualTo(action);
        assertThat(report.detail()).contains(detail);
        assertThat(report.upstream()).isEmpty();
        assertThat(report.end()).isEmpty();
        assertThat(backend.connections()).as("connections to the backend").isZero();
        return report;
    }

    /** Expects a report of a connection that passed by default. */
    SessionReport assertPassed(CloseReason end) {
        SessionReport report = gateway.awaitOne();
        assertThat(report.reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(report.end())
                .hasValueSatisfying(relay -> assertThat(relay.reason()).isEqualTo(end));
        assertThat(report.upstream()).contains(backend.address());
        return report;
    }

    /** The gateway last, when all others have left it. */
    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
