package io.peekgate.config;

import static io.peekgate.config.Values.NONE;
import static io.peekgate.config.Values.SHORTEST;
import static io.peekgate.config.Values.YEAR;
import static io.peekgate.config.Values.duration;
import static io.peekgate.config.Values.number;
import static io.peekgate.config.Values.oneOf;
import static io.peekgate.config.Values.size;
import static io.peekgate.config.Values.unless;

import io.peekgate.config.ProxyConfig.Admin;
import io.peekgate.config.ProxyConfig.Cache;
import io.peekgate.config.ProxyConfig.ClientHello;
import io.peekgate.config.ProxyConfig.Connect;
import io.peekgate.config.ProxyConfig.Destinations;
import io.peekgate.config.ProxyConfig.Dns;
import io.peekgate.config.ProxyConfig.EventLoop;
import io.peekgate.config.ProxyConfig.Limits;
import io.peekgate.config.ProxyConfig.Log;
import io.peekgate.config.ProxyConfig.Metrics;
import io.peekgate.config.ProxyConfig.Relay;
import io.peekgate.config.ProxyConfig.Shutdown;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the block {@code peekgate}, one method for each block within it. */
final class ConfigReader {
    private static final int MANY = 1_000_000_000;

    private final Node itemDefaults;
    private final PolicyReader policies;

    /**
     * @param itemDefaults what list items and named blocks leave out, by kind
     */
    ConfigReader(Node itemDefaults, PolicyReader policies) {
        this.itemDefaults = itemDefaults;
        this.policies = policies;
    }

    ProxyConfig read(Section top) {
        NotBuiltYet.refuseInTop(top);
        List<ListenerConfig> listeners = ListenerReader.read(top, itemDefaults.field("listener"));
        return new ProxyConfig(
                listeners,
                clientHello(top.section("client-hello")),
                policies.read(
                        top.section("policy"),
                        listeners.stream().map(ListenerConfig::name).toList()),
                destinations(top.section("destinations")),
                dns(top.section("dns")),
                upstreams(top.section("upstreams")),
                connect(top.section("connect")),
                relay(top.section("relay")),
                limits(top.section("limits")),
                new Shutdown(top.section("shutdown").get("grace", duration(NONE, YEAR))),
                log(top.section("log")),
                admin(top.section("admin")),
                metrics(top.section("metrics")),
                eventLoop(top.section("event-loop")),
                top.get("state-dir", PathValues::own));
    }

    private static ClientHello clientHello(Section block) {
        return new ClientHello(
                block.get("timeout", duration(SHORTEST, YEAR)),
                block.get("max-size", size(1024, 1024 * 1024), 0),
                block.get("on-misuse", oneOf(ProxyConfig.OnMisuse.class)));
    }

    private static Destinations destinations(Section block) {
        return new Destinations(
                block.list("deny", AddressValues.network("special-purpose")),
                block.list("allow", AddressValues.network()),
                block.flag("deny-self"));
    }

    private static Dns dns(Section block) {
        Map<String, List<InetAddress>> overrides = new TreeMap<>();
        overrides(block.section("overrides"), "", overrides);
        return new Dns(
                servers(block),
                block.get("timeout", duration(SHORTEST, YEAR)),
                block.number("attempts", 1, 10),
                block.get("family", oneOf(ProxyConfig.Family.class)),
                cache(block.section("cache")),
                Collections.unmodifiableMap(overrides));
    }

    private static List<InetSocketAddress> servers(Section dns) {
        boolean system =
                dns.find("servers").flatMap(Node::text).filter("system"::equals).isPresent();
        return system ? List.of() : dns.some("servers", AddressValues::server);
    }

    private static Cache cache(Section block) {
        return new Cache(
                block.get("max-ttl", duration(NONE, YEAR)),
                block.get("negative-ttl", duration(NONE, Duration.ofSeconds(30))),
                block.number("max-entries", 1, MANY));
    }

    /** A name that is not quoted is blocks within blocks, one for each label. */
    private static void overrides(Section block, String domain, Map<String, List<InetAddress>> found) {
        for (String key : block.keys()) {
            String name = domain + key.toLowerCase(Locale.ROOT);
            Node value = block.find(key).orElseThrow();
            if (value.fields().isPresent()) {
                overrides(block.section(key), name + '.', found);
            } else if (AddressValues.isHost(name)) {
                found.put(name, block.some(key, AddressValues::address));
            } else {
                block.problem(key, '"' + name + "\" is no host name");
            }
        }
    }

    private Map<String, UpstreamConfig> upstreams(Section block) {
        Map<String, UpstreamConfig> upstreams = new TreeMap<>();
        for (String name : block.keys()) {
            upstreams.put(name, upstream(block.section(name, itemDefaults.field("upstream"))));
        }
        return Collections.unmodifiableMap(upstreams);
    }

    private static UpstreamConfig upstream(Section block) {
        return new UpstreamConfig(
                block.some("servers", AddressValues::hostPort),
                block.get("balance", oneOf(UpstreamConfig.Balance.class)),
                block.get("proxy-protocol", oneOf(UpstreamConfig.ProxyHeader.class)),
                health(block.section("health")));
    }

    private static UpstreamConfig.Health health(Section block) {
        return new UpstreamConfig.Health(
                block.get("interval", duration(SHORTEST, YEAR)),
                block.get("timeout", duration(SHORTEST, YEAR)),
                block.number("rise", 1, MANY),
                block.number("fall", 1, MANY));
    }

    private static Connect connect(Section block) {
        return new Connect(
                block.get("timeout", duration(SHORTEST, YEAR)),
                block.get("fallback-delay", duration(SHORTEST, YEAR)),
                block.get("mark", unless("off", number(1, Integer.MAX_VALUE))));
    }

    private static Relay relay(Section block) {
        return new Relay(
                block.get("mode", oneOf(ProxyConfig.RelayMode.class)),
                block.get("idle-timeout", duration(SHORTEST, YEAR)),
                block.get("half-closed-timeout", duration(SHORTEST, YEAR)),
                block.get("max-duration", duration(NONE, YEAR)));
    }

    private static Limits limits(Section block) {
        return new Limits(
                block.get("connections", unless("auto", number(0, MANY))),
                block.number("per-source", 0, MANY),
                block.number("peeking", 0, MANY),
                block.number("accepts-per-second", 0, MANY));
    }

    private static Log log(Section block) {
        return new Log(
                block.get("level", oneOf(ProxyConfig.Level.class)),
                block.get("format", oneOf(ProxyConfig.Format.class)),
                block.get("access", oneOf(ProxyConfig.Access.class)));
    }

    private static Admin admin(Section block) {
        return new Admin(
                block.get("bind", unless("off", AddressValues::bind)),
                block.get("token-file", PathValues::own),
                block.flag("page"),
                block.number("recent", 0, 1_000_000),
                block.list("hosts", Values::text));
    }

    private static Metrics metrics(Section block) {
        return new Metrics(
                block.get("bind", unless("off", AddressValues::bind)), block.get("path", ConfigReader::path));
    }

    private static String path(Node node) {
        String path = Values.text(node);
        Values.require(
                path.matches("/[!-~&&[^?#]]*") && !path.matches("/(live|ready)z"),
                node,
                "is no path for meters; write one such as /metrics");
        return path;
    }

    private static EventLoop eventLoop(Section block) {
        return new EventLoop(
                block.get("threads", unless("auto", number(1, 1024))),
                block.get("transport", oneOf(ProxyConfig.Transport.class)));
    }
}
