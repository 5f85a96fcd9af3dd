package io.peekgate.server;

import static io.peekgate.server.WireLab.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import io.peekgate.testkit.EchoServer;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.LeakWatch;
import io.peekgate.testkit.RawSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many connections. */
class SessionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private WireLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new WireLab();
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @EnumSource
    void places_are_free_again_after_every_kind_of_visit(Visit visit) throws Exception {
        lab.opened(new EchoServer(lab.backend()));
        Visit.prepare(lab, "limits.connections=10", "limits.per-source=10", "limits.peeking=10");
        for (int i = 0; i < 200; i++) {
            try (RawSocket client = lab.gateway().connect()) {
                visit.play(client);
            }
            assertThat(lab.gateway().awaitOne().reason()).isIn(visit.reasons());
        }
    }

    @Test
    void places_are_free_again_after_clients_that_left_while_dns_was_asked() throws Exception {
        lab.start("limits.connections=10", "dns.timeout=20s", "dns.attempts=1");
        for (int i = 0; i < 30; i++) {
            String name = "silent-" + i + ".example";
            lab.dns().silent(name);
            RawSocket client = lab.say(Hellos.hello().sni(name).wire());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> lab.dns().queries(name) > 0);
            client.reset();
            assertThat(lab.gateway().awaitOne().reason()).isEqualTo(CloseReason.CLIENT_GONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections", "per-source", "peeking"})
    void places_are_free_again_after_those_that_were_refused(String limit) throws Exception {
        lab.opened(new EchoServer(lab.backend()));
        lab.start("limits." + limit + "=10");
        List<RawSocket> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(lab.connect());
        }
        lab.gateway().observer().awaitOpened(10);
        for (int i = 0; i < 50; i++) {
            lab.knock();
            assertThat(lab.gateway().awaitOne().reason().code()).startsWith("limit_");
        }
        for (RawSocket client : held) {
            Visit.SERVED.play(client);
        }
        lab.gateway().observer().await(10);
        try (RawSocket client = lab.connect()) {
            Visit.SERVED.play(client);
        }
    }

    @Test
    void one_source_at_its_limit_keeps_no_other_out() throws Exception {
        lab.start("limits.per-source=1");
        lab.connect();
        lab.gateway().observer().awaitOpened(1);
        lab.opened(RawSocket.connect("127.0.0.2", lab.gateway().address())).send(HELLO);
        assertThat(lab.backend().accept().hear(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void a_server_that_resets_at_once_makes_one_report_of_the_dial_or_the_relay() throws Exception {
        lab.start();
        for (int i = 0; i < 100; i++) {
            RawSocket client = lab.say(HELLO);
            lab.backend().accept().reset();
            client.hearToTheEnd();
            assertThat(lab.gateway().awaitOne().reason()).isIn(CloseReason.DEFAULT, CloseReason.CONNECT_REFUSED);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_thousand_mixed_connections_leave_one_fitting_report_each_and_nothing_else() throws Exception {
        lab.opened(new EchoServer(lab.backend()));
        Visit.prepare(lab, "limits.connections=0", "limits.per-source=0");
        visit(100);
        try (LeakWatch leaks = new LeakWatch()) {
            long descriptors = descriptors();
            visit(1000);
            await().atMost(PATIENCE).until(() -> descriptors() <= descriptors);
            leaks.assertNothingLeaked();
        }
    }

    /** Each client has an address of its own, since the port of one that was reset is soon another's. */
    private void visit(int count) throws Exception {
        List<Visit> kinds = List.of(Visit.values());
        Map<String, Visit> visits = new HashMap<>();
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String source = "127.1." + i / 250 + '.' + (1 + i % 250);
            Visit visit = kinds.get(i % kinds.size());
            visits.put(source, visit);
            clients.add(() -> play(visit, source));
        }
        ExecutorService threads = Executors.newFixedThreadPool(32);
        for (Future<Void> client : threads.invokeAll(clients)) {
            client.get();
        }
        threads.shutdown();
        for (SessionReport report : lab.gateway().observer().await(count)) {
            String source = report.source().getAddress().getHostAddress();
            assertThat(report.reason()).isIn(visits.get(source).reasons());
        }
    }

    private Void play(Visit visit, String source) throws IOException {
        try (RawSocket client = RawSocket.connect(source, lab.gateway().address())) {
            visit.play(client);
            return null;
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.collect(Collectors.counting());
        }
    }
}
