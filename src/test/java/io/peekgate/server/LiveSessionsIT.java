package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static io.peekgate.server.WireLab.NAME;
import static io.peekgate.testkit.Bytes.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.LiveSession;
import io.peekgate.model.LiveSession.Phase;
import io.peekgate.model.SessionReport;
import io.peekgate.testkit.RawSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that are not over: what is told of them, and how one is ended. */
class LiveSessionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private WireLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new WireLab();
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void one_that_has_said_nothing_is_killed_in_its_peek() throws Exception {
        lab.start("client-hello.timeout=1h");
        RawSocket client = lab.connect();
        LiveSession live = awaitOne(Phase.PEEK);
        assertThat(live.soFar().hello()).isEmpty();
        assertThat(live.soFar().source().getPort()).isEqualTo(client.port());
        assertThat(live.soFar().times().peek()).isPositive();
        assertKilled(live, client);
    }

    @Test
    void one_whose_name_is_being_asked_for_is_killed() throws Exception {
        lab.dns().silent(NAME);
        lab.start("dns.timeout=20s");
        RawSocket client = lab.say(HELLO);
        LiveSession live = awaitOne(Phase.DNS);
        assertThat(live.soFar().hello().flatMap(ClientHello::serverName)).hasToString("Optional[" + NAME + "]");
        assertThat(live.soFar().request().orElseThrow().port())
                .isEqualTo(lab.backend().port());
        assertKilled(live, client);
    }

    @Test
    void one_that_is_being_dialled_is_killed_and_so_is_its_dial() throws Exception {
        SilentServer silent = lab.opened(new SilentServer());
        lab.start(WireLab.rule("target = \"127.0.0.1:" + silent.port() + "\""), "connect.timeout=1h");
        RawSocket client = lab.say(HELLO);
        await().atMost(PATIENCE).until(silent::isDialled);
        LiveSession live = awaitOne(Phase.CONNECT);
        assertThat(live.soFar().times().connect()).isPositive();
        assertThat(live.soFar().upstream()).isEmpty();
        assertKilled(live, client);
        await().atMost(PATIENCE).until(() -> !silent.isDialled());
    }

    @Test
    void one_that_is_relayed_tells_its_bytes_and_is_killed_on_both_sides() throws Exception {
        lab.start();
        RawSocket client = lab.say(HELLO);
        RawSocket server = lab.backend().accept();
        server.hear(HELLO.length);
        server.send(latin1("welcome"));
        client.hear(7);
        SessionReport soFar = awaitOne(Phase.RELAY).soFar();
        assertThat(soFar.upstream()).contains(lab.backend().address());
        assertThat(soFar.end()).hasValueSatisfying(end -> {
            assertThat(end.bytesUp()).isEqualTo(HELLO.length);
            assertThat(end.bytesDown()).isEqualTo(7);
        });
        assertThat(kill(soFar.id())).isTrue();
        assertThat(client.hearToReset()).isEmpty();
        assertThat(server.hearToReset()).isEmpty();
        lab.assertPassed(CloseReason.KILLED);
    }

    private LiveSession awaitOne(Phase phase) {
        return await().atMost(PATIENCE)
                .until(
                        () -> list(10),
                        found -> found.size() == 1 && found.get(0).phase() == phase)
                .get(0);
    }

    private void assertKilled(LiveSession live, RawSocket client) throws Exception {
        assertThat(kill(live.soFar().id())).isTrue();
        assertThat(client.hearToReset()).isEmpty();
        assertThat(lab.assertDropped(CloseReason.KILLED, "").id())
                .isEqualTo(live.soFar().id());
        assertThat(list(10)).isEmpty();
    }

    @Test
    void one_that_is_over_is_neither_told_of_nor_killed_though_its_client_lingers() throws Exception {
        lab.start("policy.default-action=drop");
        lab.say(HELLO);
        SessionReport dropped = lab.gateway().awaitOne();
        assertThat(list(10)).isEmpty();
        assertThat(kill(dropped.id())).isFalse();
        assertThat(kill("nobody")).isFalse();
    }

    @Test
    void the_newest_come_first_and_others_are_left_out() throws Exception {
        lab.start();
        List<Integer> ports = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            ports.add(0, lab.connect().port());
            lab.gateway().observer().awaitOpened(i);
        }
        assertThat(lab.gateway().sessions().count()).isEqualTo(40);
        assertThat(list(100))
                .extracting(live -> live.soFar().source().getPort())
                .isEqualTo(ports);
        assertThat(list(3)).extracting(live -> live.soFar().source().getPort()).isEqualTo(ports.subList(0, 3));
    }

    private List<LiveSession> list(int most) throws Exception {
        return lab.gateway().sessions().list(most).get(10, TimeUnit.SECONDS);
    }

    private boolean kill(String id) throws Exception {
        return lab.gateway().sessions().kill(id).get(10, TimeUnit.SECONDS);
    }
}
