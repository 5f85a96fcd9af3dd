package io.peekgate.rules;

import io.peekgate.config.HostPort;
import io.peekgate.config.ProxyConfig.Action;
import io.peekgate.config.RuleConfig;
import java.util.List;
import java.util.Optional;

/** A rule that nobody wrote in Peekgate's own language: of one pattern, with what its source says besides. */
record RuleDraft(
        String pattern,
        List<String> except,
        Action action,
        Optional<HostPort> target,
        boolean allowPrivate,
        boolean enabled,
        String reason) {

    static RuleDraft of(String pattern, Action action) {
        return new RuleDraft(pattern, List.of(), action, Optional.empty(), false, true, "");
    }

    RuleDraft because(String why) {
        return new RuleDraft(pattern, except, action, target, allowPrivate, enabled, why);
    }

    RuleDraft except(String name) {
        return new RuleDraft(pattern, List.of(name), action, target, allowPrivate, enabled, reason);
    }

    RuleDraft enabled(boolean is) {
        return new RuleDraft(pattern, except, action, target, allowPrivate, is, reason);
    }

    RuleDraft to(HostPort where, boolean isPrivate) {
        return new RuleDraft(pattern, except, action, Optional.of(where), isPrivate, enabled, reason);
    }

    /** @param origin where it came from, as {@code file:line} */
    RuleConfig rule(String origin) {
        return new RuleConfig(
                Optional.empty(),
                List.of(pattern),
                List.of(),
                except,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                action,
                Optional.empty(),
                target,
                allowPrivate,
                Optional.empty(),
                Optional.empty(),
                enabled,
                reason,
                origin);
    }
}
