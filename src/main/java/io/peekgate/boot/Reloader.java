package io.peekgate.boot;

import io.peekgate.admin.Steering;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.ProxyConfig;
import io.peekgate.rules.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a running gateway take over what its files say now; whatever is wrong with that, the gateway stays as it is. */
public final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final Supplier<Loaded> source;
    private final Gateway gateway;
    private final Consumer<ProxyConfig> beside;
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<Steering.Reload> last = new AtomicReference<>();
    private final AtomicReference<Loaded> loaded;

    /**
     * @param first what the gateway was started with
     * @param source loads the configuration anew
     * @param beside takes over what is not the gateway's, such as the logs
     */
    public Reloader(Loaded first, Supplier<Loaded> source, Gateway gateway, Consumer<ProxyConfig> beside) {
        this.loaded = new AtomicReference<>(first);
        this.source = source;
        this.gateway = gateway;
        this.beside = beside;
    }

    /**
     * Reloads, counts and logs. Blocks until then.
     *
     * @param cause for the log: who asked for it
     * @return what is in force now
     * @throws RuntimeException whose message says why nothing has changed
     */
    public synchronized Snapshot reload(String cause) {
        return counted(cause, () -> {
            Loaded next = source.get();
            gateway.reload(next.config());
            loaded.set(next);
            beside.accept(next.config());
        });
    }

    /** Enforces or observes, until the next reload. As rules are read anew, it counts as a reload, too. */
    synchronized Snapshot mode(ProxyConfig.Mode mode) {
        return counted("another mode", () -> gateway.reload(gateway.config().in(mode)));
    }

    private Snapshot counted(String cause, Runnable change) {
        ProxyConfig before = gateway.config();
        try {
            change.run();
            succeeded.incrementAndGet();
            note(cause, Optional.empty());
            return tell(cause, before, gateway.config());
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.error("Not reloaded ({}), all stays as it was:", cause);
            reason.lines().forEach(LOG::error);
            note(cause, Optional.of(reason));
            throw e;
        }
    }

    private Snapshot tell(String cause, ProxyConfig before, ProxyConfig after) {
        Snapshot now = gateway.rules().current();
        List<String> changed = Differences.changed(before, after);
        LOG.info(
                "Reloaded ({}): generation {}, rules {}, of these made at run time {}; changed: {}",
                cause,
                now.generation(),
                now.policy().rules().size(),
                now.rules().rules().size(),
                changed.isEmpty() ? "nothing but files of rules, if any" : String.join(", ", changed));
        List<String> waiting = Differences.needingRestart(before, after);
        if (!waiting.isEmpty()) {
            LOG.warn("These count only after a restart: {}", String.join(", ", waiting));
        }
        return now;
    }

    /** What came of the last one; empty if there was none. */
    Optional<Steering.Reload> last() {
        return Optional.ofNullable(last.get());
    }

    /** What is in force, but for the mode. */
    Loaded loaded() {
        return loaded.get();
    }

    /** What the files say now, which changes nothing. */
    Loaded load() {
        return source.get();
    }

    private void note(String cause, Optional<String> mistake) {
        last.set(new Steering.Reload(Instant.now(), cause, mistake));
    }

    /** How often it did. */
    public long succeeded() {
        return succeeded.get();
    }

    /** How often nothing was changed, because something was wrong. */
    public long failed() {
        return failed.get();
    }
}
