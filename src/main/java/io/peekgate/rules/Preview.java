package io.peekgate.rules;

import io.peekgate.config.ProxyConfig.Action;
import io.peekgate.config.RuleConfig;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.route.Examples;
import io.peekgate.route.Explanation;
import io.peekgate.route.Policy;
import io.peekgate.route.Sources;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What a rule of one pattern would do to names, judged by the matcher that serves; it does not come into force. */
public final class Preview {
    private static final int ANY_PORT = 443;

    private final RuleConfig rule;
    private final Policy alone;

    private Preview(RuleConfig rule) {
        this.rule = rule;
        this.alone = PolicyCompiler.alone(named(rule));
    }

    /**
     * Looks at a rule.
     *
     * @throws InvalidRulesException if it cannot be used
     */
    public static Preview of(RuleConfig rule) {
        PolicyCompiler.problem(rule).ifPresent(problem -> {
            throw new InvalidRulesException(List.of(problem));
        });
        return new Preview(rule);
    }

    /** Names that show what the pattern does. */
    public List<ServerName> examples() {
        return Examples.near(rule.match().get(0));
    }

    /** Whether the rule is for this name, from whomever, to whichever port. */
    public boolean matches(ServerName name) {
        return alone.decide(request(name, "")).reason() == CloseReason.RULE_DROP;
    }

    /**
     * Which rule would decide before this one.
     *
     * @param name one that this rule is for
     * @param now the rules in force
     * @param place among them, where this one would stand
     * @param listener that is taken where this rule is for any
     */
    public Optional<Integer> decidedBefore(ServerName name, Policy now, int place, String listener) {
        Explanation explanation = now.explain(request(name, listener));
        int last = explanation.steps().size() - 1;
        return explanation.verdict().rule().isPresent() && last < place ? Optional.of(last) : Optional.empty();
    }

    /** A client that this rule is for. */
    private Request request(ServerName name, String anyListener) {
        InetAddress source =
                rule.sources().isEmpty() ? InetAddress.getLoopbackAddress() : Sources.first(rule.sources());
        return new Request(
                rule.listeners().isEmpty() ? anyListener : rule.listeners().get(0),
                source,
                Optional.of(name),
                rule.ports().isEmpty() ? ANY_PORT : rule.ports().get(0),
                rule.alpn(),
                Optional.empty());
    }

    /** The rule with no other conditions than those of names. */
    private static RuleConfig named(RuleConfig rule) {
        return new RuleConfig(
                Optional.empty(),
                rule.match(),
                List.of(),
                rule.except(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Action.DROP,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                "",
                rule.origin());
    }
}
