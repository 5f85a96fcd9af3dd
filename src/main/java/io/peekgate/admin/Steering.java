package io.peekgate.admin;

import io.peekgate.config.ConfigLoader.Loaded;
import io.peekgate.config.ProxyConfig;
import io.peekgate.explain.Probe;
import io.peekgate.rules.RuleStore;
import io.peekgate.rules.Snapshot;
import io.peekgate.server.Sessions;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A running gateway as the admin API steers it. What blocks is never called on an event loop. */
public interface Steering {
    /**
     * What came of the last reload.
     *
     * @param cause who asked for it
     * @param mistake why nothing has changed; empty if it was taken over
     */
    record Reload(Instant time, String cause, Optional<String> mistake) {}

    /** The version of the program. */
    String version();

    /** The configuration in force. */
    ProxyConfig config();

    RuleStore rules();

    /** Asks the stages in force. */
    Probe probe();

    /** The connections that are not over. */
    Sessions sessions();

    /** Where each listener of {@link #config} is bound, in its order. */
    List<InetSocketAddress> addresses();

    /** How sockets are served: epoll, kqueue, nio. */
    String transport();

    /** How bytes move when they are many: splice, copy. */
    String relay();

    /** Whether new connections are taken no more. */
    boolean isDraining();

    /** What was loaded to come to the configuration in force. */
    Loaded loaded();

    /**
     * Loads the configuration as its files are now, and changes nothing. Blocks.
     *
     * @throws io.peekgate.config.InvalidConfigException naming all that is wrong
     */
    Loaded load();

    /**
     * Takes over what the files say now. Blocks.
     *
     * @param cause for the log: who asks for it
     * @throws RuntimeException whose message says why nothing has changed
     */
    Snapshot reload(String cause);

    /** Empty if there was none. */
    Optional<Reload> lastReload();

    /** How many reloads were taken over. */
    long reloaded();

    /** How many reloads changed nothing, because something was wrong. */
    long notReloaded();

    /** How many access lines were lost. */
    long linesLost();

    /** Enforces or observes, until the next reload or restart; counts as a reload. Blocks, and throws as one. */
    Snapshot mode(ProxyConfig.Mode mode);

    /** Takes no new connections and ends the program when those that are there are over; as SIGTERM does. */
    void drain();
}
