package io.peekgate.boot;

import io.peekgate.admin.AdminApi;
import io.peekgate.admin.HttpServer;
import io.peekgate.admin.Route;
import io.peekgate.admin.Steering;
import io.peekgate.admin.Token;
import io.peekgate.admin.Traffic;
import io.peekgate.config.ProxyConfig;
import io.peekgate.report.SessionObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The admin API and page of a gateway, if the configuration wants them. Like the meters, they are loaded once connections
 * are being taken; that is done by one of the few workers that answer requests later, which may wait for the disk.
 */
public final class Administration implements AutoCloseable {
    private static final HttpServer.Limits LIMITS =
            new HttpServer.Limits(64, 16, 8 << 10, 1 << 20, Duration.ofSeconds(30));
    private static final int WORKERS = 4;

    private final ProxyConfig.Admin config;
    private final Optional<Token> token;
    private final Optional<Traffic> traffic;
    private final LateServer server = new LateServer("admin.bind");
    private final ThreadPoolExecutor workers;

    /**
     * Serves nothing yet.
     *
     * @throws UnavailableException if there is no token and none may be made: beyond loopback its owner has to choose one
     */
    public Administration(ProxyConfig.Admin config) {
        this.config = config;
        this.token = config.bind().map(address -> token(config, address));
        this.traffic = config.bind().map(address -> new Traffic(config.recent()));
        this.workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                LIMITS.patience().toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(LIMITS.connections()), // who is gone may have left a request behind
                task -> {
                    Thread thread = new Thread(task, "peekgate-admin-work");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    private static Token token(ProxyConfig.Admin config, InetSocketAddress address) {
        boolean isLoopback = address.getAddress().isLoopbackAddress();
        try {
            return Token.of(config.tokenFile(), isLoopback);
        } catch (IOException e) {
            String where = isLoopback ? "" : " (none is made for an address beyond loopback)";
            throw new UnavailableException(
                    "admin.token-file: " + e.getMessage() + where + "; or set admin.bind to off");
        }
    }

    /** These and, if there is to be an API, before them what it is fed by. */
    public List<SessionObserver> beside(List<SessionObserver> others) {
        return traffic.map(wanted -> Stream.concat(wanted.observers().stream(), others.stream())
                        .toList())
                .orElse(others);
    }

    /** Begins to load and then to serve, if it is wanted. Returns at once. To be called at most once. */
    public void start(Steering steering) {
        config.bind().ifPresent(address -> server.start(address, workers, () -> load(steering)));
    }

    private HttpServer load(Steering steering) {
        Route route = AdminApi.route(
                steering, traffic.orElseThrow(), token.orElseThrow(), Set.copyOf(config.hosts()), config.page());
        HttpServer made = new HttpServer("peekgate-admin", LIMITS, route, workers);
        sample(made, traffic.orElseThrow());
        return made;
    }

    private static void sample(HttpServer server, Traffic traffic) {
        server.later(Traffic.INTERVAL, () -> {
            traffic.sample();
            sample(server, traffic);
        });
    }

    /** Where it is served, once it is. */
    public Future<InetSocketAddress> bound() {
        return server.bound();
    }

    /** Ends the serving. Blocks, for some seconds at most. */
    @Override
    public void close() {
        workers.shutdown();
        server.close();
    }
}
