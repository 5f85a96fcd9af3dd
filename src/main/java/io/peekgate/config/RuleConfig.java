package io.peekgate.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One rule of the policy as it is written down. Its conditions hold together; an empty one always holds.
 *
 * @param match patterns, in the rule language of the policy; not yet compiled
 * @param matchFiles files with one pattern a line; readable when the configuration was loaded
 * @param except patterns that are left out
 * @param ports ports that the client dialled, 1 to 65535
 * @param sources {@code any}, {@code loopback}, {@code private}, addresses and CIDR blocks
 * @param listeners names of listeners, all of them known
 * @param onDrop empty: as the policy says
 * @param target what to dial instead; only with {@code PASSTHROUGH}
 * @param destination empty: as the policy says
 * @param ech empty: as the policy says; only with {@code PASSTHROUGH}
 * @param origin {@code file:line}, for messages
 */
public record RuleConfig(
        Optional<String> name,
        List<String> match,
        List<Path> matchFiles,
        List<String> except,
        List<Integer> ports,
        List<String> sources,
        List<String> alpn,
        List<String> listeners,
        ProxyConfig.Action action,
        Optional<ProxyConfig.OnDrop> onDrop,
        Optional<HostPort> target,
        boolean allowPrivate,
        Optional<ProxyConfig.Destination> destination,
        Optional<ProxyConfig.Ech> ech,
        boolean enabled,
        String reason,
        String origin) {

    /** The same rule, written elsewhere. */
    public RuleConfig at(String place) {
        return with(match, reason, place);
    }

    /** The same rule for one pattern. */
    public RuleConfig matching(String pattern, String why) {
        return with(List.of(pattern), why, origin);
    }

    private RuleConfig with(List<String> patterns, String why, String place) {
        return new RuleConfig(
                name,
                patterns,
                matchFiles,
                except,
                ports,
                sources,
                alpn,
                listeners,
                action,
                onDrop,
                target,
                allowPrivate,
                destination,
                ech,
                enabled,
                why,
                place);
    }
}
