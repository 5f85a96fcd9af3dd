package io.peekgate.route;

import static io.peekgate.route.Rules.PASS;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.route.Rules.RuleDraft;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexLiteralTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ^example\\.com:443$ ; example.com:443
            apple.com:443 ; com:443
            ^(.+\\.)?apple\\.com:443$ ; apple.com:443
            ^(?!example\\.com)(?!m\\.org) ; ''
            17\\.178\\.\\d+\\.\\d+:443 ; 17.178.
            (^|\\.)ads\\.(com|net):443$ ; ads.
            Ads\\.EXAMPLE ; ads.example
            abcd?e ; abc
            abcd*e ; abc
            abcd+e ; abcd
            abcd{0,3}ef ; abc
            ab|cd ; ''
            (ab|cd)xyz ; xyz
            (ab|(cd))?xyz ; xyz
            [abc]xyz[^)]q ; xyz
            [a\\]b]xyz ; xyz
            []a]xyz ; ''
            (?i)xyz ; ''
            (?:a\\)b)xyz ; xyz
            \\x41bcd ; ''
            \\Qa.b\\E ; ''
            \\wabc\\d ; abc
            a\u017fbc ; bc
            .* ; ''
            """)
    void is_what_every_match_contains(String expression, String literal) {
        assertThat(RegexLiteral.of(expression)).isEqualTo(literal);
    }

    /** What an expression matches must contain its literal, or the prefilter would change what it says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a?b.example:443 ; ab.example:443",
                "^(a|b)+c{2}\\.x ; abcc.x:443",
                "x{2,}y*z+:443$ ; xxz:443",
                "a??b+?c*?d ; bd.x:443",
                "A\\.B|c ; c.x:443",
            })
    void never_excludes_what_matches(String expression, String text) {
        assertThat(java.util.regex.Pattern.compile(expression, java.util.regex.Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find())
                .isTrue();
        assertThat(text).contains(RegexLiteral.of(expression));
    }

    @Test
    void of_a_thousand_expressions_only_that_runs_whose_literal_the_name_has() {
        AtomicInteger runs = new AtomicInteger();
        List<RegexPattern> thousand = IntStream.range(0, 1_000)
                .mapToObj(i -> new RegexPattern("(^|\\.)tracker" + i + "x\\.(com|net):443$", text -> {
                    runs.incrementAndGet();
                    return false;
                }))
                .toList();

        askAll(thousand, "www.example.com");
        assertThat(runs).hasValue(0);
        askAll(thousand, "tracker7x.net");
        assertThat(runs).hasValue(1);
    }

    @Test
    void of_a_thousand_rules_that_would_run_away_none_runs_whose_literal_the_name_lacks() {
        Policy policy = policy(
                PASS,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> drop("~tracker" + i + "x(a|aa)+\\1!"))
                        .toArray(RuleDraft[]::new));
        String runaway = "tracker7x" + "a".repeat(50);

        assertThat(policy.decide(ask("www.example.com").request()).reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(policy.decide(ask(runaway).request()).reason()).isEqualTo(CloseReason.RULE_ERROR);
    }

    private static void askAll(List<RegexPattern> expressions, String name) {
        var request = ask(name).original("192.0.2.1", 443).request();
        assertThat(NameSet.anyMatches(
                        expressions, new Subject(request, request.name().orElseThrow())))
                .isFalse();
    }
}
