package io.peekgate.server;

import static io.peekgate.server.WireLab.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.SessionReport;
import io.peekgate.peek.HelloReader;
import io.peekgate.testkit.EchoServer;
import io.peekgate.testkit.LeakWatch;
import io.peekgate.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever comes first on a connection, the gateway says of it what {@link HelloReader} says, and does no more. */
class GarbageIT {
    private static final int SEED = 20261121;
    private static final int BATCHES = 40;
    private static final int BATCH = 50;

    private final HelloReader reader = new HelloReader(32 * 1024, true);
    private final Garbage garbage = new Garbage(SEED);
    private final List<byte[]> accepted = new ArrayList<>();
    private WireLab lab;
    private EchoServer server;

    @BeforeEach
    void open() throws Exception {
        lab = new WireLab();
        server = lab.opened(new EchoServer(lab.backend()));
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void two_thousand_strings_of_garbage_get_their_verdicts_and_only_the_accepted_pass() throws Exception {
        lab.start("client-hello.timeout=1h");
        try (LeakWatch leaks = new LeakWatch()) {
            for (int i = 0; i < BATCHES; i++) {
                assertVerdictsOfOneBatch();
            }
            leaks.assertNothingLeaked();
        }
        assertThat(accepted).hasSizeGreaterThan(100);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.heard()).containsExactlyInAnyOrderElementsOf(accepted));
        assertThat(lab.backend().connections()).isEqualTo(accepted.size());
    }

    /** Its sockets stay open until all are reported, so that no two have the same port. */
    private void assertVerdictsOfOneBatch() throws Exception {
        Map<Integer, CloseReason> expected = new HashMap<>();
        List<RawSocket> clients = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            byte[] said = garbage.next();
            RawSocket client = lab.gateway().connect();
            clients.add(client);
            expected.put(client.port(), expected(said));
            say(client, garbage.cut(said));
        }
        Map<Integer, CloseReason> reported = new HashMap<>();
        for (SessionReport report : lab.gateway().observer().await(BATCH)) {
            reported.put(report.source().getPort(), report.reason());
        }
        assertThat(reported).isEqualTo(expected);
        for (RawSocket client : clients) {
            client.close();
        }
    }

    private static void say(RawSocket client, byte[][] segments) {
        try {
            client.send(segments).fin();
        } catch (IOException refusedBeforeItWasSaid) {
            // its report tells whether that was right
        }
    }

    private CloseReason expected(byte[] said) {
        ByteBuf bytes = Unpooled.wrappedBuffer(said);
        try {
            Optional<ClientHello> hello = reader.read(bytes);
            reader.end(bytes);
            return hello.map(accept -> decided(accept, said)).orElse(CloseReason.CLIENT_GONE);
        } catch (Refusal refusal) {
            return refusal.reason();
        }
    }

    private CloseReason decided(ClientHello hello, byte[] said) {
        if (hello.serverName().isEmpty()) {
            return CloseReason.NO_SNI;
        }
        if (!hello.serverName().get().value().equals(NAME)) {
            return CloseReason.DNS_NXDOMAIN;
        }
        accepted.add(said);
        return CloseReason.DEFAULT;
    }
}
