package io.peekgate.server;

import static io.peekgate.server.WireLab.ACCESS_DENIED;
import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Destination;
import io.peekgate.net.Transport;
import io.peekgate.testkit.RawSocket;
import java.net.InetSocketAddress;

/** How a connection is refused for what its client dialled. */
final class CaptureScenarios {
    private CaptureScenarios() {}

    static void notRedirected(WireLab lab) throws Exception {
        lab.start("policy.destination=strict");
        assertThat(lab.say(HELLO).hearToFin()).isEqualTo(alert(ACCESS_DENIED));
        lab.assertDropped(CloseReason.NOT_REDIRECTED, "destination = strict");
    }

    static void destinationMismatch(WireLab lab) throws Exception {
        InetSocketAddress ours = new InetSocketAddress("127.0.0.7", 443);
        try (InjectedGateway gateway = InjectedGateway.capturing(Transport.best(), Destination.STRICT, ours);
                RawSocket client = RawSocket.connect(gateway.address()).send(HELLO)) {
            assertThat(client.hearToFin()).isEqualTo(alert(ACCESS_DENIED));
            assertThat(gateway.observer().awaitOne()).satisfies(report -> {
                assertThat(report.reason()).isEqualTo(CloseReason.DESTINATION_MISMATCH);
                assertThat(report.reason().action()).isEqualTo(CloseReason.Action.DROP);
                assertThat(report.detail()).contains("127.0.0.1");
                assertThat(report.original()).contains(gateway.address());
                assertThat(report.addresses()).containsExactly(ours.getAddress());
                assertThat(report.mismatch()).isTrue();
            });
        }
    }
}
