package io.peekgate.route;

import static io.peekgate.route.Rules.DROP;
import static io.peekgate.route.Rules.PASS;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.askWithoutName;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.pass;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.route.Explanation.Step;
import io.peekgate.route.Rules.RequestDraft;
import io.peekgate.route.Rules.RuleDraft;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    private static final String RUNAWAY = "~(?=a)(a+)+\\1!";
    private static final String[] PATTERNS = {
        "**",
        "*.example",
        "*.*.example",
        "**.example",
        ".a.example",
        "a.example",
        "b.example",
        "*",
        "~^a",
        "~^(?!b)",
        "~10\\.0\\.0\\.1:443",
        RUNAWAY
    };
    private static final String[] NAMES = {
        "a.example", "b.example", "x.a.example", "a.b.c.example", "host", "c.test", "a".repeat(40) + ".example"
    };

    @Test
    void each_rule_says_why_it_does_not_match_up_to_the_one_that_does() {
        Policy policy = policy(
                DROP,
                pass("**").disabled(),
                pass("b.example"),
                pass("~^b"),
                pass("*.example").except("a.example"),
                pass().ports(80),
                pass().sources("192.0.2.0/24"),
                pass().alpn("h3"),
                pass().listeners("lab"),
                drop("a.example").named("culprit"),
                pass("a.example"));
        Explanation explanation = policy.explain(ask("a.example").request());
        assertThat(explanation.steps())
                .extracting(Step::outcome)
                .containsExactly(
                        Outcome.DISABLED,
                        Outcome.NAME,
                        Outcome.NAME,
                        Outcome.EXCEPT,
                        Outcome.PORT,
                        Outcome.SOURCE,
                        Outcome.ALPN,
                        Outcome.LISTENER,
                        Outcome.MATCHED);
        assertThat(explanation.steps().get(8)).isEqualTo(new Step("culprit", "test.conf:1", Outcome.MATCHED));
        assertThat(explanation.verdict().reason()).isEqualTo(CloseReason.RULE_DROP);
    }

    @Test
    void an_expression_without_an_answer_is_the_last_step() {
        Explanation explanation =
                policy(PASS, pass(RUNAWAY), pass()).explain(ask("a".repeat(60)).request());
        assertThat(explanation.steps()).extracting(Step::outcome).containsExactly(Outcome.REGEX_BUDGET);
        assertThat(explanation.verdict().reason()).isEqualTo(CloseReason.RULE_ERROR);
    }

    @Test
    void without_a_name_no_rule_is_asked() {
        Explanation explanation = policy(PASS, pass()).explain(askWithoutName().request());
        assertThat(explanation.steps()).isEmpty();
        assertThat(explanation.verdict().reason()).isEqualTo(CloseReason.NO_SNI);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void what_is_explained_is_what_is_decided(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            RuleDraft[] rules = IntStream.range(0, random.nextInt(12))
                    .mapToObj(n -> randomRule(random).named("rule " + n))
                    .toArray(RuleDraft[]::new);
            Policy policy = policy(random.nextBoolean() ? PASS : DROP, rules);
            for (int j = 0; j < 20; j++) {
                RequestDraft asked = randomRequest(random);
                assertThat(policy.explain(asked.request()).verdict())
                        .as("%s %s", asked, policy.rules())
                        .isEqualTo(policy.decide(asked.request()));
            }
        }
    }

    private static RuleDraft randomRule(Random random) {
        RuleDraft rule = random.nextBoolean()
                ? pass(pick(random, PATTERNS), pick(random, PATTERNS))
                : drop(pick(random, PATTERNS));
        rule = random.nextInt(8) == 0 ? rule.disabled() : rule;
        rule = random.nextInt(4) == 0 ? rule.except(pick(random, PATTERNS)) : rule;
        rule = random.nextInt(4) == 0 ? rule.ports(443) : rule;
        rule = random.nextInt(4) == 0 ? rule.sources("10.1.0.0/16", "loopback") : rule;
        rule = random.nextInt(4) == 0 ? rule.alpn("h2") : rule;
        return random.nextInt(4) == 0 ? rule.listeners("egress") : rule;
    }

    private static RequestDraft randomRequest(Random random) {
        RequestDraft asked = ask(pick(random, NAMES))
                .port(random.nextBoolean() ? 443 : 8443)
                .source(pick(random, "10.1.2.3", "192.0.2.1", "::1"))
                .alpn(pick(random, "h2", "http/1.1"))
                .listener(pick(random, "egress", "lab"));
        return random.nextBoolean() ? asked.original("10.0.0." + (1 + random.nextInt(2)), 443) : asked;
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }
}
