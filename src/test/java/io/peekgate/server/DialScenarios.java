package io.peekgate.server;

import static io.peekgate.server.WireLab.ACCESS_DENIED;
import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.INTERNAL_ERROR;
import static io.peekgate.server.WireLab.NAME;
import static io.peekgate.server.WireLab.UNRECOGNIZED_NAME;
import static io.peekgate.server.WireLab.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.peekgate.model.CloseReason;
import java.net.InetAddress;
import java.net.ServerSocket;

/** How a dial fails. */
final class DialScenarios {
    private DialScenarios() {}

    static void dnsNxdomain(WireLab lab) throws Exception {
        lab.dns().fails(NAME, DnsResponseCode.NXDOMAIN);
        assertFails(lab.start(), CloseReason.DNS_NXDOMAIN, UNRECOGNIZED_NAME, NAME + ": NXDOMAIN from 127.0.0.1");
    }

    static void dnsNoAddress(WireLab lab) throws Exception {
        lab.dns().addresses(NAME, 60);
        assertFails(lab.start(), CloseReason.DNS_NO_ADDRESS, UNRECOGNIZED_NAME, "no A record");
    }

    static void dnsFailure(WireLab lab) throws Exception {
        lab.dns().fails(NAME, DnsResponseCode.SERVFAIL);
        assertFails(lab.start(), CloseReason.DNS_FAILURE, INTERNAL_ERROR, "SERVFAIL");
    }

    static void dnsTimeout(WireLab lab) throws Exception {
        lab.dns().silent(NAME);
        lab.start("dns.timeout=100ms", "dns.attempts=1");
        assertFails(lab, CloseReason.DNS_TIMEOUT, INTERNAL_ERROR, "in 100 ms");
    }

    static void destinationDenied(WireLab lab) throws Exception {
        lab.dns().addresses(NAME, 60, "10.0.0.7");
        lab.start();
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(ACCESS_DENIED));
        assertThat(lab.assertDropped(CloseReason.DESTINATION_DENIED, "10.0.0.7").addresses())
                .containsExactly(InetAddress.getByName("10.0.0.7"));
    }

    static void loop(WireLab lab) throws Exception {
        int port = freePort();
        lab.start("listeners=[{ bind = \"127.0.0.1:" + port + "\", allow-ports = [], default-port = " + port + " }]");
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(INTERNAL_ERROR));
        lab.assertDropped(CloseReason.LOOP, "127.0.0.1 port " + port + " is this gateway's own listener");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void connectRefused(WireLab lab) throws Exception {
        lab.backend().refuse();
        lab.start();
        assertFails(
                lab, CloseReason.CONNECT_REFUSED, INTERNAL_ERROR, lab.backend().port() + " refused");
    }

    static void connectTimeout(WireLab lab) throws Exception {
        SilentServer silent = lab.opened(new SilentServer());
        lab.start(WireLab.rule("target = \"127.0.0.1:" + silent.port() + "\""), "connect.timeout=300ms");
        assertFails(lab, CloseReason.CONNECT_TIMEOUT, INTERNAL_ERROR, silent.port() + " no answer");
    }

    static void connectUnreachable(WireLab lab) throws Exception {
        lab.dns().addresses(NAME, 60, "255.255.255.255");
        lab.start("destinations.allow=[\"255.255.255.255/32\"]");
        assertFails(lab, CloseReason.CONNECT_UNREACHABLE, INTERNAL_ERROR, "255.255.255.255");
    }

    private static void assertFails(WireLab lab, CloseReason reason, int alert, String detail) throws Exception {
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(alert));
        lab.assertFailed(reason, detail);
    }
}
