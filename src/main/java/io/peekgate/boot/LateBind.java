package io.peekgate.boot;

import io.netty.channel.ChannelFutureListener;
import io.peekgate.admin.HttpServer;
import io.peekgate.net.Addresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds a server that is beside the connections. An address that cannot be had is told of and tried again, since
 * connections matter more, and since a gateway that is to take this one's place starts while the other still serves there.
 */
final class LateBind {
    private static final Logger LOG = LoggerFactory.getLogger(LateBind.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final HttpServer server;
    private final String key;
    private final CompletableFuture<InetSocketAddress> bound;

    /**
     * @param key of the configuration, for messages
     * @param bound is told where it is bound, once it is
     */
    LateBind(HttpServer server, String key, CompletableFuture<InetSocketAddress> bound) {
        this.server = server;
        this.key = key;
        this.bound = bound;
    }

    void bind(InetSocketAddress address) {
        bind(address, true);
    }

    private void bind(InetSocketAddress address, boolean first) {
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
            server.later(RETRY, () -> bind(address, false));
        });
    }
}
