package io.peekgate.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration as {@link ConfigLoader} has validated it: every number is within its range, every duration is
 * at most a year, every address is a literal that was never looked up. Each component bears the name of its key.
 *
 * @param listeners at least one; no two of the same name, nor of the same address but for port 0
 * @param upstreams by name
 * @param stateDir where run-time state is kept; relative to the working directory
 */
public record ProxyConfig(
        List<ListenerConfig> listeners,
        ClientHello clientHello,
        Policy policy,
        Destinations destinations,
        Dns dns,
        Map<String, UpstreamConfig> upstreams,
        Connect connect,
        Relay relay,
        Limits limits,
        Shutdown shutdown,
        Log log,
        Admin admin,
        Metrics metrics,
        EventLoop eventLoop,
        Path stateDir) {

    /** The same with its policy in another mode. */
    public ProxyConfig in(Mode mode) {
        return new ProxyConfig(
                listeners,
                clientHello,
                policy.in(mode),
                destinations,
                dns,
                upstreams,
                connect,
                relay,
                limits,
                shutdown,
                log,
                admin,
                metrics,
                eventLoop,
                stateDir);
    }

    /**
     * How the first message is read.
     *
     * @param timeout from accept to the whole hello; more than zero
     * @param maxSize of the hello in bytes, 1 KiB to 1 MiB
     */
    public record ClientHello(Duration timeout, int maxSize, OnMisuse onMisuse) {}

    /** Whether a client that speaks something else is told so. */
    public enum OnMisuse {
        EXPLAIN,
        CLOSE
    }

    /**
     * What passes.
     *
     * @param noSni where a hello without a name goes: {@code host:port}, or {@code original}, which is where the client
     *     dialled; empty: it is dropped
     * @param rules in the order in which they are asked: the policy's own, then those of the rule files
     * @param stateFile rules made at run time
     */
    public record Policy(
            Mode mode,
            Action defaultAction,
            Optional<String> noSni,
            Ech ech,
            Destination destination,
            OnDrop onDrop,
            List<RuleConfig> rules,
            Path stateFile,
            List<PolicyTest> tests) {

        private Policy in(Mode other) {
            return new Policy(other, defaultAction, noSni, ech, destination, onDrop, rules, stateFile, tests);
        }
    }

    public enum Mode {
        ENFORCE,
        OBSERVE
    }

    public enum Action {
        PASSTHROUGH,
        DROP
    }

    public enum Ech {
        ALLOW,
        FLAG,
        DENY
    }

    /** What is dialled: what our DNS says, or what the client dialled. */
    public enum Destination {
        RESOLVE,
        ORIGINAL_IF_RESOLVED,
        ORIGINAL,
        STRICT
    }

    /** What a refused client gets: a TLS alert, a reset or a FIN. */
    public enum OnDrop {
        ALERT,
        RESET,
        CLOSE
    }

    /**
     * A decision that the policy must make.
     *
     * @param rule the rule that must decide; empty: any, or the default
     * @param origin {@code file:line}
     */
    public record PolicyTest(
            String sni,
            int port,
            Optional<InetAddress> source,
            List<String> alpn,
            Action expect,
            Optional<String> rule,
            String origin) {}

    /** What may be dialled: addresses, CIDR blocks and {@code special-purpose}; {@code allow} is the stronger one. */
    public record Destinations(List<String> deny, List<String> allow, boolean denySelf) {}

    /**
     * How names are resolved.
     *
     * @param servers empty: those of the system
     * @param timeout of one attempt; more than zero
     * @param attempts 1 to 10
     * @param overrides addresses by host name, in lower case
     */
    public record Dns(
            List<InetSocketAddress> servers,
            Duration timeout,
            int attempts,
            Family family,
            Cache cache,
            Map<String, List<InetAddress>> overrides) {}

    /** Which addresses are asked for; those without ONLY in their name prefer one and take the other. */
    public enum Family {
        AUTO,
        IPV4,
        IPV6,
        IPV4_ONLY,
        IPV6_ONLY
    }

    /** Answers that are kept, at least one; {@code negativeTtl} is at most 30 s, and zero keeps none. */
    public record Cache(Duration maxTtl, Duration negativeTtl, int maxEntries) {}

    /**
     * Reaching the server.
     *
     * @param timeout of the whole attempt, over all addresses; more than zero
     * @param fallbackDelay until the next address is tried beside the first (RFC 8305 section 5)
     * @param mark of the gateway's own sockets (SO_MARK), 1 to 2^31 - 1, so that interception can spare them; empty: none
     */
    public record Connect(Duration timeout, Duration fallbackDelay, Optional<Integer> mark) {}

    /** How long a connection may last; {@code maxDuration} zero: for ever. The other two are more than zero. */
    public record Relay(RelayMode mode, Duration idleTimeout, Duration halfClosedTimeout, Duration maxDuration) {}

    public enum RelayMode {
        AUTO,
        SPLICE,
        COPY
    }

    /** Each 0 is "no limit"; {@code connections} empty: from the descriptor limit. */
    public record Limits(Optional<Integer> connections, int perSource, int peeking, int acceptsPerSecond) {}

    /** How long established connections may go on; zero: not at all */
    public record Shutdown(Duration grace) {}

    public record Log(Level level, Format format, Access access) {}

    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** AUTO is TEXT on a terminal, JSON elsewhere. */
    public enum Format {
        AUTO,
        TEXT,
        JSON
    }

    public enum Access {
        ALL,
        DROPS,
        OFF
    }

    /**
     * The admin API and its page.
     *
     * @param bind empty: none
     * @param recent how many connections are remembered, 0 to 1,000,000
     * @param hosts names by which it may be asked, besides addresses and localhost
     */
    public record Admin(
            Optional<InetSocketAddress> bind, Path tokenFile, boolean page, int recent, List<String> hosts) {}

    /** The metrics endpoint; {@code bind} empty: none. */
    public record Metrics(Optional<InetSocketAddress> bind, String path) {}

    /** What moves the bytes; {@code threads} 1 to 1024, empty: one a processor. */
    public record EventLoop(Optional<Integer> threads, Transport transport) {}

    /** AUTO is the fastest that the machine has. */
    public enum Transport {
        AUTO,
        EPOLL,
        KQUEUE,
        NIO
    }
}
