package io.peekgate.boot;

import io.peekgate.admin.Steering;
import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.ProxyConfig;
import io.peekgate.explain.Probe;
import io.peekgate.rules.RuleStore;
import io.peekgate.rules.Snapshot;
import io.peekgate.server.Sessions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Steers this gateway. */
public final class GatewaySteering implements Steering {
    private final String version;
    private final Gateway gateway;
    private final Reloader reloader;
    private final LongSupplier linesLost;
    private final Runnable drain;

    /** @param drain asks the program to drain and end */
    public GatewaySteering(String version, Gateway gateway, Reloader reloader, LongSupplier linesLost, Runnable drain) {
        this.version = version;
        this.gateway = gateway;
        this.reloader = reloader;
        this.linesLost = linesLost;
        this.drain = drain;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public ProxyConfig config() {
        return gateway.config();
    }

    @Override
    public RuleStore rules() {
        return gateway.rules();
    }

    @Override
    public Sessions sessions() {
        return gateway.sessions();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return gateway.addresses();
    }

    @Override
    public String transport() {
        return gateway.transport().code();
    }

    @Override
    public String relay() {
        return gateway.relay().code();
    }

    @Override
    public boolean isDraining() {
        return gateway.isDraining();
    }

    @Override
    public Probe probe() {
        return gateway.lookup();
    }

    @Override
    public Loaded loaded() {
        return reloader.loaded();
    }

    @Override
    public Loaded load() {
        return reloader.load();
    }

    @Override
    public Snapshot reload(String cause) {
        return reloader.reload(cause);
    }

    @Override
    public Optional<Reload> lastReload() {
        return reloader.last();
    }

    @Override
    public long reloaded() {
        return reloader.succeeded();
    }

    @Override
    public long notReloaded() {
        return reloader.failed();
    }

    @Override
    public long linesLost() {
        return linesLost.getAsLong();
    }

    @Override
    public Snapshot mode(ProxyConfig.Mode mode) {
        return reloader.mode(mode);
    }

    @Override
    public void drain() {
        drain.run();
    }
}
