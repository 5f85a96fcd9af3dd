package io.peekgate.cli;

import io.peekgate.boot.FileWatch;
import io.peekgate.boot.Gateway;
import io.peekgate.boot.Metering;
import io.peekgate.boot.Reloader;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.ProxyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whatever makes a running gateway reload: SIGHUP and, if wanted, changed files. */
final class Reloads implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<Loaded> source;
    private final Reloader reloader;
    private final AtomicReference<Set<Path>> files;
    private Optional<FileWatch> watch = Optional.empty();

    private Reloads(Supplier<Loaded> source, Loaded first, Gateway gateway, Consumer<ProxyConfig> beside) {
        this.source = source;
        this.files = new AtomicReference<>(first.files());
        this.reloader = new Reloader(first, this::load, gateway, beside);
    }

    /**
     * Begins to listen.
     *
     * @param source loads the configuration anew
     * @param first what the gateway was started with
     * @param beside takes over what is not the gateway's
     */
    static Reloads begin(
            Supplier<Loaded> source, Loaded first, Gateway gateway, boolean watch, Consumer<ProxyConfig> beside) {
        Reloads reloads = new Reloads(source, first, gateway, beside);
        Signals.handle("HUP", () -> reloads.attempt("SIGHUP"));
        if (watch) {
            reloads.watch = Optional.of(new FileWatch(
                    reloads.files::get, gateway.rules()::takeNews, () -> reloads.attempt("changed files"), EVERY));
        }
        return reloads;
    }

    /** For the meters, with what else they count. */
    Metering.Counts counts(LongSupplier linesLost) {
        return new Metering.Counts(linesLost, reloader::succeeded, reloader::failed);
    }

    /** What does it. */
    Reloader reloader() {
        return reloader;
    }

    private Loaded load() {
        Loaded loaded = source.get();
        files.set(loaded.files());
        return loaded;
    }

    private void attempt(String cause) {
        try {
            reloader.reload(cause);
        } catch (RuntimeException told) {
            // the reloader has logged and counted it, and nobody waits for an answer
        }
    }

    @Override
    public void close() {
        watch.ifPresent(FileWatch::close);
    }
}
