package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Destination;
import io.peekgate.model.SessionReport;
import io.peekgate.net.Addresses;
import io.peekgate.net.Transport;
import io.peekgate.testkit.EchoServer;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that lead back to the gateway. */
class LoopsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The goal is 100 ms; the machine may be busy. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(2);

    static Stream<Transport> transports() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_gateway_knows_the_socket_that_it_dialled_itself_from(Transport transport) throws Exception {
        InetSocketAddress unused = new InetSocketAddress("127.0.0.7", 443);
        try (InjectedGateway gateway = InjectedGateway.capturing(transport, Destination.ORIGINAL, unused);
                RawSocket client = RawSocket.connect(gateway.address()).send(HELLO)) {
            SessionReport loop = gateway.observer().awaitOne();
            client.hearToTheEnd();
            client.close();
            gateway.assertOneReportEach();

            assertThat(loop.reason()).isEqualTo(CloseReason.LOOP);
            assertThat(loop.reason().action()).isEqualTo(CloseReason.Action.DROP);
            assertThat(loop.detail())
                    .isEqualTo(Addresses.text(loop.source()) + " is this gateway's own connection to "
                            + Addresses.text(gateway.address()));
            assertThat(loop.times().total()).isLessThan(SOON);
            assertThat(gateway.observer().openedSoFar()).as("connections").isEqualTo(2);
        }
    }

    @Test
    void a_ring_of_two_gateways_is_cut_where_the_hello_comes_back() throws Exception {
        int second = freePort();
        try (RunningGateway one = new RunningGateway(settings("127.0.0.1:0", "127.0.0.1:" + second));
                RunningGateway two =
                        new RunningGateway(settings("127.0.0.1:" + second, Addresses.text(one.address())))) {
            RawSocket client = RawSocket.connect("127.0.0.9", one.address()).send(HELLO);
            String first = "127.0.0.9:" + client.port();
            SessionReport loop = one.awaitOne();
            client.hearToTheEnd();
            client.close();

            assertThat(loop.reason()).isEqualTo(CloseReason.LOOP);
            assertThat(loop.detail()).isEqualTo(Addresses.text(loop.source()) + " brings back the hello of " + first);
            assertThat(loop.times().total()).isLessThan(SOON);
            assertThat(List.of(one.observer().openedSoFar(), two.observer().openedSoFar()))
                    .containsExactly(2, 1);
        }
    }

    @Test
    void many_rings_leave_no_descriptor_open() throws Exception {
        int second = freePort();
        try (RunningGateway one = new RunningGateway(settings("127.0.0.1:0", "127.0.0.1:" + second));
                RunningGateway ignored =
                        new RunningGateway(settings("127.0.0.1:" + second, Addresses.text(one.address())))) {
            goRound(one, 20);
            long before = descriptors();
            goRound(one, 100);
            await().atMost(PATIENCE).until(() -> descriptors() <= before);
        }
    }

    /** Each time another client, as another address of the same hello is what is being refused. */
    private static void goRound(RunningGateway gateway, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (RawSocket client = RawSocket.connect("127.0.0.9", gateway.address())) {
                client.send(Hellos.again(HELLO)).hearToTheEnd();
            }
            assertThat(List.of(gateway.awaitOne().reason(), gateway.awaitOne().reason()))
                    .containsExactlyInAnyOrder(CloseReason.LOOP, CloseReason.RULE);
        }
    }

    @Test
    void a_target_that_is_the_gateway_itself_by_a_name_is_never_dialled() throws Exception {
        try (WireLab lab = new WireLab()) {
            int port = freePort();
            lab.dns().addresses("self.example", 60, "127.0.0.1");
            lab.start(
                    "listeners=[{ bind = \"*:" + port + "\" }]",
                    WireLab.rule("target = \"self.example:" + port + "\", allow-private = true"));
            try (RawSocket client = RawSocket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                client.send(HELLO).hearToFin();
            }
            lab.assertDropped(CloseReason.LOOP, "127.0.0.1 port " + port + " is this gateway's own listener");
        }
    }

    @Test
    void one_client_that_says_one_hello_a_thousand_times_at_once_is_served() throws Exception {
        try (WireLab lab = new WireLab()) {
            lab.start("limits.per-source=0");
            lab.opened(new EchoServer(lab.backend()));
            List<RawSocket> clients = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                clients.add(lab.say(HELLO).fin());
            }
            for (RawSocket client : clients) {
                assertThat(client.hearToFin()).isEqualTo(HELLO);
            }
            assertThat(lab.gateway().observer().await(1000))
                    .allSatisfy(report -> assertThat(report.reason()).isEqualTo(CloseReason.DEFAULT));
        }
    }

    private static List<String> settings(String bind, String target) {
        return List.of(
                "listeners=[{ bind = \"" + bind + "\" }]",
                "policy.rules=[{ target = \"" + target + "\", allow-private = true }]");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
