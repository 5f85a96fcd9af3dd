package io.peekgate.boot;

import io.netty.channel.ChannelFutureListener;
import io.peekgate.admin.HttpServer;
import io.peekgate.net.Addresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is beside the connections, and is loaded only once these are being taken. An address that cannot be had is
 * told of and tried again, since connections matter more, and since a gateway that is to take this one's place starts
 * while the other still serves there.
 */
final class LateServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LateServer.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final String key;
    private final CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
    private volatile CompletableFuture<Optional<HttpServer>> loading =
            CompletableFuture.completedFuture(Optional.empty());

    /** @param key of the configuration, for messages */
    LateServer(String key) {
        this.key = key;
    }

    /**
     * Begins to load it and then to serve there. Returns at once. To be called at most once.
     *
     * @param loader where it loads
     * @param server makes it; what it throws is told, and nothing is served
     */
    void start(InetSocketAddress address, Executor loader, Supplier<HttpServer> server) {
        loading = CompletableFuture.supplyAsync(
                        () -> {
                            HttpServer made = server.get();
                            bind(made, address, true);
                            return Optional.of(made);
                        },
                        loader)
                .exceptionally(failed -> {
                    LOG.error("{}: nothing is served there", key, failed.getCause());
                    return Optional.empty();
                });
    }

    private void bind(HttpServer server, InetSocketAddress address, boolean first) {
        server.bind(address).addListener((ChannelFutureListener) binding -> {
            if (binding.isSuccess()) {
                bound.complete((InetSocketAddress) binding.channel().localAddress());
                LOG.debug("{}: served on {}", key, binding.channel().localAddress());
                return;
            }
            if (first) {
                LOG.warn(
                        "{}: {} cannot be had ({}); it is tried again until it can. Set another, or off",
                        key,
                        Addresses.text(address),
                        binding.cause().getMessage());
            }
            server.later(RETRY, () -> bind(server, address, false));
        });
    }

    /** Where it is served, once it is. */
    Future<InetSocketAddress> bound() {
        return bound;
    }

    /** Ends the serving, if need be once it is loaded. Blocks, for some seconds at most. */
    @Override
    public void close() {
        loading.join().ifPresent(HttpServer::close);
    }
}
