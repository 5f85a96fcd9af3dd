package io.peekgate.rules;

import io.peekgate.config.ProxyConfig;
import io.peekgate.config.ProxyConfig.PolicyTest;
import io.peekgate.model.Refusal;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.model.Verdict;
import io.peekgate.route.Explanation;
import io.peekgate.route.Policy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The decisions that the configuration says its policy must make, asked of the policy that will make them. */
final class PolicyTests {
    private final Policy policy;
    private final String listener;
    private final List<String> problems = new ArrayList<>();

    private PolicyTests(Policy policy, String listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /**
     * Runs all of them, as connections through the first listener.
     *
     * @throws InvalidRulesException naming each that fails, with its trace
     */
    static void run(Policy policy, ProxyConfig config) {
        PolicyTests tests = new PolicyTests(policy, config.listeners().get(0).name());
        config.policy().tests().forEach(tests::run);
        if (!tests.problems.isEmpty()) {
            throw new InvalidRulesException(tests.problems);
        }
    }

    private void run(PolicyTest test) {
        try {
            Request request = request(test);
            Explanation explanation = policy.explain(request);
            mistake(test, explanation.verdict()).ifPresent(said -> {
                problem(test, said);
                problems.addAll(Trace.of(request, explanation));
            });
        } catch (Refusal noName) {
            problem(test, "no client can send that name: " + noName.getMessage());
        }
    }

    private void problem(PolicyTest test, String said) {
        problems.add(test.origin() + ": policy test of " + test.sni() + ": " + said);
    }

    private Request request(PolicyTest test) {
        return new Request(
                listener,
                test.source().orElseGet(InetAddress::getLoopbackAddress),
                Optional.of(ServerName.of(test.sni())),
                test.port(),
                test.alpn(),
                Optional.empty());
    }

    /** A policy that only observes is judged by what it would do. */
    private static Optional<String> mistake(PolicyTest test, Verdict verdict) {
        boolean passes = verdict.target().isPresent() && verdict.wouldDrop().isEmpty();
        if (passes != (test.expect() == ProxyConfig.Action.PASSTHROUGH)) {
            String expected = test.expect().name().toLowerCase(Locale.ROOT);
            return Optional.of(expected + " is expected, but it " + (passes ? "passes" : "is dropped"));
        }
        return test.rule()
                .filter(rule -> !verdict.rule().equals(test.rule()))
                .map(rule -> "rule " + rule + " is expected to decide, but "
                        + verdict.rule().map(decided -> "rule " + decided).orElse("the default") + " does");
    }
}
