package io.peekgate.boot;

import io.peekgate.admin.HttpServer;
import io.peekgate.admin.MetricsEndpoint;
import io.peekgate.admin.Route;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.config.StoredRule;
import io.peekgate.report.LateObserver;
import io.peekgate.report.SessionObserver;
import io.peekgate.route.Rule.Action.Kind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The meters of a gateway and where they are served, if the configuration wants them. All of it is loaded on a thread of
 * its own once connections are being taken: it must not hold up the first.
 */
public final class Metering implements AutoCloseable {
    private static final HttpServer.Limits LIMITS = new HttpServer.Limits(64, 0, 8 << 10, 0, Duration.ofSeconds(30));

    /**
     * What is counted elsewhere.
     *
     * @param linesLost access lines that could not be written
     * @param reloaded reloads that took another configuration over
     * @param notReloaded reloads that left the old one in force
     */
    public record Counts(LongSupplier linesLost, LongSupplier reloaded, LongSupplier notReloaded) {
        /** Where nothing of it can happen. */
        public static final Counts NONE = new Counts(() -> 0, () -> 0, () -> 0);
    }

    private final ProxyConfig config;
    private final LateObserver observer = new LateObserver();
    private final LateServer server = new LateServer("metrics.bind");
    private volatile Optional<MetricsEndpoint> endpoint = Optional.empty();

    public Metering(ProxyConfig config) {
        this.config = config;
    }

    /** These and, if there are to be meters, what feeds them. */
    public List<SessionObserver> beside(SessionObserver... others) {
        return Stream.concat(Stream.of(others), isOn() ? Stream.of(observer) : Stream.empty())
                .toList();
    }

    private boolean isOn() {
        return config.metrics().bind().isPresent();
    }

    /**
     * Begins to load and then to serve, if it is wanted. Returns at once. To be called at most once.
     *
     * @param gateway one that takes connections
     * @param version which version this is
     */
    public void start(Gateway gateway, String version, Counts counts) {
        config.metrics()
                .bind()
                .ifPresent(address ->
                        server.start(address, Metering::inTheBackground, () -> load(gateway, version, counts)));
    }

    private static void inTheBackground(Runnable task) {
        Thread thread = new Thread(task, "peekgate-meters");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whatever fails here, the connections that are remembered until the meters come must not pile up. */
    private HttpServer load(Gateway gateway, String version, Counts counts) {
        try {
            MetricsEndpoint made = new MetricsEndpoint();
            endpoint = Optional.of(made);
            observer.arrive(made.proxyMetrics(
                    config.listeners().stream().map(ListenerConfig::name).toList()));
            show(made, gateway, version, counts);
            Route route = made.route(config.metrics().path(), () -> !gateway.isDraining());
            return new HttpServer("peekgate-metrics", LIMITS, route, Runnable::run);
        } catch (Throwable e) {
            observer.arrive(report -> {});
            throw e;
        }
    }

    private static void show(MetricsEndpoint endpoint, Gateway gateway, String version, Counts counts) {
        endpoint.build(version);
        endpoint.watch(gateway.loops());
        endpoint.pipes(gateway::pipes);
        endpoint.linesLost(counts.linesLost());
        for (Kind kind : Kind.values()) {
            String action = kind == Kind.DROP ? "drop" : "passthrough";
            endpoint.rules(action, "runtime", () -> runtime(gateway, kind));
            endpoint.rules(action, "file", () -> all(gateway, kind) - runtime(gateway, kind));
        }
        endpoint.reloads("success", counts.reloaded());
        endpoint.reloads("failure", counts.notReloaded());
    }

    private static long all(Gateway gateway, Kind kind) {
        return gateway.policy().rules().stream()
                .filter(rule -> rule.enabled() && rule.action().kind() == kind)
                .count();
    }

    private static long runtime(Gateway gateway, Kind kind) {
        return gateway.rules().current().rules().rules().stream()
                .map(StoredRule::rule)
                .filter(rule -> rule.enabled() && (rule.action() == ProxyConfig.Action.DROP) == (kind == Kind.DROP))
                .count();
    }

    /** Where they are served, once they are. */
    public Future<InetSocketAddress> bound() {
        return server.bound();
    }

    /** Ends the serving. Blocks, for some seconds at most. */
    @Override
    public void close() {
        server.close();
        endpoint.ifPresent(MetricsEndpoint::close);
    }
}
