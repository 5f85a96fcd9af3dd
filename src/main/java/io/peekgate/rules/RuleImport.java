package io.peekgate.rules;

import io.peekgate.config.RuleConfig;
import java.util.List;
import java.util.Locale;

/**
 * What an import makes of a file.
 *
 * @param entries what became of each entry, in the file's order; comments and blank lines are none
 * @param rules what they became, in the order in which they decide as the file did
 */
public record RuleImport(List<Imported> entries, List<RuleConfig> rules) {

    /** Whose language a file is in. */
    public enum Format {
        /** The domains of NectoProxy's SSL passthrough: what its API lists, or CSV of domain, enabled, reason. */
        NECTOPROXY,
        /** Patterns of ignore_hosts, one a line, or as they stand in mitmproxy's config.yaml. */
        MITMPROXY,
        /** A map of nginx from $ssl_preread_server_name to where it proxies, or to 0 and 1. */
        NGINX_MAP,
        /** A hosts file that leads names nowhere. */
        HOSTS,
        /** Patterns of Peekgate's own, one a line, what stands behind # being the reason. */
        LIST;

        /** As it is written. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Rules in the file's own order. */
    static RuleImport inOrder(List<Imported> entries) {
        return new RuleImport(
                List.copyOf(entries),
                entries.stream().flatMap(entry -> entry.rule().stream()).toList());
    }

    /**
     * Reads a whole file.
     *
     * @param name of the file, for places
     */
    public static RuleImport read(Format format, String text, String name) {
        return switch (format) {
            case NECTOPROXY -> NectoTable.read(text, name);
            case MITMPROXY -> IgnoreHosts.read(text, name);
            case NGINX_MAP -> new NginxMap(text, name).read();
            case HOSTS -> PlainLists.hosts(text, name);
            case LIST -> PlainLists.patterns(text, name);
        };
    }
}
