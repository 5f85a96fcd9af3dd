package io.peekgate.cli;

import io.peekgate.boot.Gateway;
import io.peekgate.config.ListenerConfig;
import io.peekgate.config.ProxyConfig;
import io.peekgate.net.Addresses;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.StringJoiner;

/** The one line that tells that the gateway is up, and how. */
final class StartUp {
    private StartUp() {}

    static String line(ProxyConfig config, Gateway gateway) {
        StringJoiner listeners = new StringJoiner(", ");
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            listeners.add(String.format(
                    Locale.ROOT,
                    "%s on %s (%s, capture %s, %s, %s)",
                    listener.name(),
                    Addresses.text(gateway.addresses().get(i)),
                    code(listener.type()),
                    code(listener.capture()),
                    gateway.transport().code(),
                    gateway.relay().code()));
        }
        return String.format(
                Locale.ROOT,
                "Peekgate %s ready in %.2f s: %s; %s, default %s; admin %s, metrics %s",
                Version.number(),
                sinceStart() / 1000.0,
                listeners,
                Words.count(gateway.policy().rules().size(), "rule"),
                code(config.policy().defaultAction()),
                config.admin().bind().map(Addresses::text).orElse("off"),
                config.metrics().bind().map(Addresses::text).orElse("off"));
    }

    private static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
