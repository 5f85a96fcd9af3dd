package io.peekgate.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.config.ConfigLoader;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import io.peekgate.model.ClientHello;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Verdict;
import io.peekgate.report.SessionObserver;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.Pace;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules are edited and stored while connections come: each decision is by the rules of the generation that it names, and
 * that is none before the last that was acknowledged when the connection began.
 */
class EditsBesideTrafficIT {
    private static final int SECONDS = Boolean.getBoolean("full") ? 60 : 4;
    private static final int A_SECOND = 1_000;
    /** The machine may be busy. */
    private static final int FEWEST_A_SECOND = A_SECOND / 3;

    private static final int EDITORS = 64;
    private static final int CLIENTS = 8;

    @TempDir
    private Path folder;

    private final Queue<SessionReport> reports = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    /** By the random of its hello, what was acknowledged before a connection. */
    private final Map<ClientRandom, Long> least = new ConcurrentHashMap<>();

    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    /** For each name, what its rule is called from which generation on. */
    private final Map<String, ConcurrentSkipListMap<Long, String>> history = new ConcurrentSkipListMap<>();

    @Test
    void every_decision_matches_its_generation_and_an_edit_that_returns_is_in_force() throws Exception {
        List<String> settings = List.of("listeners=[{ bind = \"127.0.0.1:0\" }]", "state-dir=" + folder);
        try (Gateway gateway = Gateway.start(ConfigLoader.load(List.of(), settings), new SessionObserver() {
            @Override
            public void closed(SessionReport report) {
                reports.add(report);
            }
        })) {
            InetSocketAddress address = gateway.addresses().get(0);
            for (int i = 0; i < EDITORS; i++) {
                String name = "n" + i + ".test";
                history.put(name, new ConcurrentSkipListMap<>());
                note(name, gateway.rules().edit(draft -> draft.add(rule(name, 0))));
            }
            try (Pace pace = new Pace(EDITORS + CLIENTS)) {
                pace.repeat(A_SECOND, turns(EDITORS, i -> editing(gateway, i)));
                pace.repeat(A_SECOND, turns(CLIENTS, i -> visiting(address, i)));
                pace.hold(Duration.ofSeconds(SECONDS));
            }
            gateway.drain().await();
        }
        assertThat(reports).isNotEmpty().allSatisfy(this::matchesItsGeneration);
        tell();
    }

    private static List<Pace.Turn> turns(int count, IntFunction<Pace.Turn> maker) {
        return IntStream.range(0, count).mapToObj(maker).toList();
    }

    private void tell() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "FIGURE edits: %d a second beside %d connections a second for %d s, no decision without its generation"
                        + " or by one before what was acknowledged; stored and in force after p50 %.1f p99 %.1f max %.1f ms%n",
                sorted.length / SECONDS,
                reports.size() / SECONDS,
                SECONDS,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                Arrays.stream(sorted).max().orElseThrow() / 1e6);
        assertThat(sorted.length / SECONDS).as("edits a second").isGreaterThan(FEWEST_A_SECOND);
        assertThat(reports.size() / SECONDS).as("connections a second").isGreaterThan(FEWEST_A_SECOND);
    }

    private void matchesItsGeneration(SessionReport report) {
        Verdict verdict = report.verdict().orElseThrow();
        ClientHello hello = report.hello().orElseThrow();
        String name = hello.serverName().orElseThrow().value();
        assertThat(verdict.generation()).isGreaterThanOrEqualTo(least.get(hello.random()));
        assertThat(verdict.rule())
                .contains(history.get(name).floorEntry(verdict.generation()).getValue());
    }

    /** The names of a rule tell which edit made it. */
    private Pace.Turn editing(Gateway gateway, int editor) {
        String name = "n" + editor + ".test";
        String id = "r" + (editor + 1);
        int[] edits = {0};
        return () -> {
            RuleConfig next = rule(name, ++edits[0]);
            long before = System.nanoTime();
            StoredRule stored = gateway.rules().edit(draft -> draft.replace(id, next));
            nanos.add(System.nanoTime() - before);
            acknowledged.accumulateAndGet(stored.version(), Math::max);
            note(name, stored);
        };
    }

    private void note(String name, StoredRule stored) {
        history.get(name).put(stored.version(), stored.rule().name().orElseThrow());
    }

    private static RuleConfig rule(String name, int edit) {
        return new RuleJson(List.of())
                .read(List.of("name=" + name + "-" + edit, "match=" + name, "action=drop"), "test");
    }

    /** Leaves by a reset, or the ports of a minute would be too few. */
    private Pace.Turn visiting(InetSocketAddress gateway, int client) {
        byte[] hello = Hellos.hello()
                .sni("n" + client % EDITORS + ".test")
                .supportedVersions(0x0304)
                .wire();
        return () -> {
            byte[] fresh = Hellos.again(hello);
            least.put(Hellos.random(fresh), acknowledged.get());
            try (Socket socket = new Socket(gateway.getAddress(), gateway.getPort())) {
                socket.setSoLinger(true, 0);
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(fresh);
                assertThat(socket.getInputStream().read()).isEqualTo(21);
            }
        };
    }
}
