package io.peekgate.boot;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.config.ConfigLoader;
import io.peekgate.model.CloseReason;
import io.peekgate.report.SessionObserver;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.Hellos;
import io.peekgate.testkit.MeteredGateway;
import io.peekgate.testkit.RawSocket;
import io.peekgate.testkit.Scrape;
import io.peekgate.testkit.Scrape.Series;
import io.peekgate.testkit.Tunnel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The meters of a running gateway, as Prometheus reads them. */
class MeteringIT {
    private static final String NAME = "tunnel.test";
    private static final Set<String> HISTOGRAM_PARTS = Set.of("_bucket", "_count", "_sum", "_max");

    /** The contract's meters with their tags, and those that were added to it. */
    private static final Map<String, Set<String>> CONTRACT = Map.ofEntries(
            Map.entry("peekgate_connections_total", Set.of("listener", "action", "reason")),
            Map.entry("peekgate_connections_active", Set.of("listener", "phase")),
            Map.entry("peekgate_connections_ended_total", Set.of("end")),
            Map.entry("peekgate_bytes_total", Set.of("direction", "relay")),
            Map.entry("peekgate_peek_seconds", Set.of()),
            Map.entry("peekgate_hello_bytes", Set.of()),
            Map.entry("peekgate_dns_seconds", Set.of("outcome")),
            Map.entry("peekgate_connect_seconds", Set.of("outcome")),
            Map.entry("peekgate_connection_seconds", Set.of()),
            Map.entry("peekgate_rules", Set.of("action", "source")),
            Map.entry("peekgate_rule_hits_total", Set.of("rule")),
            Map.entry("peekgate_reloads_total", Set.of("result")),
            Map.entry("peekgate_destination_denied_total", Set.of()),
            Map.entry("peekgate_destination_mismatch_total", Set.of("listener", "action")),
            Map.entry("peekgate_would_drop_total", Set.of("listener", "reason")),
            Map.entry("peekgate_pipes", Set.of()),
            Map.entry("peekgate_log_dropped_total", Set.of()),
            Map.entry("peekgate_event_loop_lag_seconds", Set.of("loop")),
            Map.entry("peekgate_build_info", Set.of("version")));

    @Test
    void names_and_tags_are_those_of_the_contract() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                MeteredGateway gateway = new MeteredGateway(origin.passing(NAME))) {
            visits(gateway, origin);

            Map<String, Set<String>> found = new TreeMap<>();
            gateway.scrape().series().stream()
                    .filter(series -> series.name().startsWith("peekgate_"))
                    .forEach(series -> found.computeIfAbsent(meter(series.name()), name -> new TreeSet<>())
                            .addAll(tags(series)));
            assertThat(found).containsExactlyInAnyOrderEntriesOf(CONTRACT);
        }
    }

    @Test
    void each_kind_of_connection_counts_once() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                MeteredGateway gateway = new MeteredGateway(origin.passing(NAME))) {
            visits(gateway, origin);
            Scrape scrape = gateway.scrape();

            for (String reason : List.of("rule", "default_drop", "no_sni", "http_connect")) {
                assertThat(scrape.sum("peekgate_connections_total", Map.of("listener", "egress", "reason", reason)))
                        .as(reason)
                        .isEqualTo(1);
            }
            assertThat(scrape.sum("peekgate_connections_total", Map.of())).isEqualTo(4);
            assertThat(scrape.sum("peekgate_connections_active", Map.of())).isZero();
            assertThat(scrape.sum("peekgate_bytes_total", Map.of("direction", "down")))
                    .isEqualTo(5);
            assertThat(scrape.sum("peekgate_rule_hits_total", Map.of("rule", "tunnel")))
                    .isEqualTo(1);
            assertThat(scrape.sum("peekgate_rules", Map.of("action", "passthrough")))
                    .isEqualTo(1);
            assertThat(scrape.sum("peekgate_log_dropped_total", Map.of())).isEqualTo(7);
            assertThat(scrape.sum("peekgate_build_info", Map.of("version", "1.2.3")))
                    .isEqualTo(1);
        }
    }

    @Test
    void an_open_connection_is_active_where_it_is() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                MeteredGateway gateway = new MeteredGateway(origin.passing(NAME));
                RawSocket silent = RawSocket.connect(gateway.address());
                Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
            gateway.observer().awaitOpened(2);
            await().untilAsserted(() -> {
                assertThat(active(gateway, "peek")).isEqualTo(1);
                assertThat(active(gateway, "relay")).isEqualTo(1);
            });
        }
    }

    @Test
    void netty_and_the_virtual_machine_are_shown_too() throws Exception {
        try (MeteredGateway gateway = new MeteredGateway()) {
            assertThat(gateway.scrape().series())
                    .extracting(Series::name)
                    .contains(
                            "netty_eventexecutor_tasks_pending",
                            "netty_allocator_memory_used",
                            "jvm_memory_used_bytes",
                            "jvm_gc_memory_allocated_bytes_total",
                            "jvm_threads_live_threads",
                            "process_cpu_usage",
                            "process_files_open_files",
                            "process_uptime_seconds");
            assertThat(gateway.get("/metrics").headers().firstValue("content-type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
        }
    }

    @Test
    void readiness_ends_with_the_drain_and_life_does_not() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                MeteredGateway gateway = new MeteredGateway(origin.passing(NAME));
                Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
            assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
            var drained = gateway.gateway().drain();

            assertThat(gateway.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/readyz").body()).isEqualTo("draining\n");
            assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
            assertThat(gateway.scrape().sum("peekgate_connections_active", Map.of("phase", "relay")))
                    .isEqualTo(1);
            assertThat(drained.isDone()).isFalse();
            tunnel.close();
            assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void scrapes_beside_traffic_disturb_nothing_and_never_count_backwards() throws Exception {
        ExecutorService scraper = Executors.newSingleThreadExecutor();
        try (Tunnel.Origin origin = new Tunnel.Origin();
                MeteredGateway gateway = new MeteredGateway(origin.passing(NAME))) {
            AtomicBoolean over = new AtomicBoolean();
            Future<Integer> scrapes = scraper.submit(() -> scrapeUntil(gateway, over));
            for (int visit = 0; visit < 300; visit++) {
                Tunnel.hello(gateway.address(), "host-" + visit + ".test").close();
            }
            assertThat(gateway.observer().await(300))
                    .allMatch(report ->
                            report.reason() == CloseReason.DEFAULT_DROP || report.reason() == CloseReason.CLIENT_GONE);
            over.set(true);
            assertThat(scrapes.get(20, TimeUnit.SECONDS)).isPositive();
            assertThat(gateway.scrape().sum("peekgate_connections_total", Map.of()))
                    .isEqualTo(300);
        } finally {
            scraper.shutdownNow();
        }
    }

    private static int scrapeUntil(MeteredGateway gateway, AtomicBoolean over) throws Exception {
        double counted = 0;
        int scrapes = 0;
        while (!over.get()) {
            double now = gateway.scrape().sum("peekgate_connections_total", Map.of());
            assertThat(now).isGreaterThanOrEqualTo(counted);
            counted = now;
            scrapes++;
        }
        return scrapes;
    }

    @Test
    void an_address_that_is_taken_is_had_once_it_is_free() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            var config = ConfigLoader.load(
                    List.of(),
                    List.of(
                            "listeners=[{ bind = \"127.0.0.1:0\" }]",
                            "metrics.bind=\"127.0.0.1:" + other.getLocalPort() + "\""));
            try (Metering metering = new Metering(config);
                    Gateway gateway = Gateway.start(config, SessionObserver.all(metering.beside()))) {
                metering.start(gateway, "1", Metering.Counts.NONE);
                Future<InetSocketAddress> bound = metering.bound();
                assertThat(bound.isDone()).isFalse();
                other.close();
                assertThat(bound.get(20, TimeUnit.SECONDS).getPort()).isEqualTo(other.getLocalPort());
            }
        }
    }

    @Test
    void without_an_address_nothing_is_there() throws Exception {
        var config = ConfigLoader.load(List.of(), List.of("metrics.bind=off"));
        try (Metering metering = new Metering(config)) {
            SessionObserver only = report -> {};
            assertThat(metering.beside(only)).containsExactly(only);
        }
    }

    /** One that passes, one that is dropped, one without a name, and one that is no TLS. */
    private static void visits(MeteredGateway gateway, Tunnel.Origin origin) throws Exception {
        try (Tunnel tunnel = origin.connect(gateway.address(), NAME)) {
            tunnel.server().getOutputStream().write(Bytes.latin1("hello"));
            tunnel.server().close();
            tunnel.client().getInputStream().readAllBytes();
        }
        gateway.observer().awaitOne();
        for (byte[] hello : List.of(Hellos.captured("curl-h1"), Hellos.captured("openssl-nosni"))) {
            try (RawSocket client = RawSocket.connect(gateway.address()).send(hello)) {
                client.hearToTheEnd();
            }
            gateway.observer().awaitOne();
        }
        Tunnel.send(gateway.address(), "CONNECT www.example.com:443 HTTP/1.1\r\n\r\n");
        gateway.observer().awaitOne();
    }

    private static double active(MeteredGateway gateway, String phase) throws Exception {
        return gateway.scrape().sum("peekgate_connections_active", Map.of("phase", phase));
    }

    /** A histogram's series are parts of one meter. */
    private static String meter(String series) {
        return HISTOGRAM_PARTS.stream()
                .filter(series::endsWith)
                .map(part -> series.substring(0, series.length() - part.length()))
                .findFirst()
                .orElse(series);
    }

    private static Set<String> tags(Series series) {
        return series.labels().keySet().stream()
                .filter(tag -> !tag.equals("le"))
                .collect(toSet());
    }
}
