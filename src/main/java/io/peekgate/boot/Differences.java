package io.peekgate.boot;

import io.peekgate.config.ProxyConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** In what two configurations differ, by key. */
public final class Differences {
    private static final List<Map.Entry<String, Function<ProxyConfig, Object>>> BLOCKS = List.of(
            Map.entry("listeners", ProxyConfig::listeners),
            Map.entry("client-hello", ProxyConfig::clientHello),
            Map.entry("policy", ProxyConfig::policy),
            Map.entry("destinations", ProxyConfig::destinations),
            Map.entry("dns", ProxyConfig::dns),
            Map.entry("connect", ProxyConfig::connect),
            Map.entry("relay", ProxyConfig::relay),
            Map.entry("limits", ProxyConfig::limits),
            Map.entry("shutdown", ProxyConfig::shutdown),
            Map.entry("log", ProxyConfig::log));

    /** What is decided once, when the process starts. */
    private static final List<Map.Entry<String, Function<ProxyConfig, Object>>> FIXED = List.of(
            Map.entry("policy.state-file", config -> config.policy().stateFile()),
            Map.entry("connect.mark", config -> config.connect().mark()),
            Map.entry("log.format", config -> config.log().format()),
            Map.entry("admin", ProxyConfig::admin),
            Map.entry("metrics", ProxyConfig::metrics),
            Map.entry("event-loop", ProxyConfig::eventLoop),
            Map.entry("state-dir", ProxyConfig::stateDir));

    private Differences() {}

    /** The blocks that differ. */
    public static List<String> changed(ProxyConfig before, ProxyConfig after) {
        return differing(BLOCKS, before, after).toList();
    }

    /** Those keys that count only after a restart. */
    public static List<String> needingRestart(ProxyConfig before, ProxyConfig after) {
        return differing(FIXED, before, after).toList();
    }

    private static Stream<String> differing(
            List<Map.Entry<String, Function<ProxyConfig, Object>>> keys, ProxyConfig before, ProxyConfig after) {
        return keys.stream()
                .filter(key -> !Objects.equals(
                        key.getValue().apply(before), key.getValue().apply(after)))
                .map(Map.Entry::getKey);
    }
}
