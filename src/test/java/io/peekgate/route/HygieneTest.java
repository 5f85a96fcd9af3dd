package io.peekgate.route;

import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.route.Hygiene.Finding.Kind;
import io.peekgate.route.Rules.RuleDraft;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HygieneTest {
    @Test
    void rules_that_mean_what_they_say_give_no_finding() {
        assertThat(findings(
                        pass("bank.example.com", "*.bank.example.com"),
                        drop("*.*.example.com"),
                        pass(".apple.com"),
                        drop("**.ads.example").except("ok.ads.example"),
                        drop("~^(?!example\\.org)(?!mitmproxy\\.org)").ports(443),
                        drop("~^([a-z]+\\.)?tracker\\.example:443$"),
                        drop()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.example,      a.example",
        ".example,       a.b.example",
        "**.example,     *.b.example",
        "**.example,     **.b.example",
        "**.example,     .b.example",
        ".b.example,     **.b.example",
        "*.b.example,    a.b.example",
        "*.*.example,    *.b.example",
        "~^a:443$,       ~^a:443$",
    })
    void a_pattern_that_an_earlier_rule_takes_whole_is_shadowed(String earlier, String later) {
        List<Hygiene.Finding> findings =
                findings(drop(earlier).named("first"), drop("other.test", later).named("second"), pass("third.test"));

        assertThat(of(Kind.SHADOWED, findings)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(1);
            assertThat(finding.pattern()).hasValue(1);
            assertThat(finding.found()).contains("rule first (test.conf:1) comes first");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "a.example,      b.example",
        "*.b.example,    **.b.example",
        "*.b.example,    .b.example",
        "**.b.example,   .b.example",
        "**.b.example,   b.example",
        "*.b.example,    *.*.example",
        "a.*.example,    *.b.example",
        "a.b.example,    *.b.example",
    })
    void a_pattern_that_matches_more_is_not(String earlier, String later) {
        assertThat(of(Kind.SHADOWED, findings(drop(earlier), drop("other.test", later))))
                .isEmpty();
    }

    @Test
    void many_stars_are_not_taken_for_any_depth() {
        String[] stars = IntStream.range(1, 100)
                .mapToObj(i -> "*.".repeat(i) + "example")
                .toArray(String[]::new);
        assertThat(of(Kind.UNREACHABLE, findings(drop(stars), drop("**.example"))))
                .isEmpty();
    }

    @Test
    void a_rule_whose_patterns_are_all_taken_is_unreachable() {
        assertThat(of(Kind.UNREACHABLE, findings(drop(), pass("a.example", "~^b:443$"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.pattern()).isEmpty());
        assertThat(of(Kind.UNREACHABLE, findings(drop().matching(List.of())))).hasSize(1);
    }

    @Test
    void an_earlier_rule_for_fewer_clients_takes_nothing() {
        RuleDraft later = drop("a.example");
        for (RuleDraft narrow : List.of(
                drop("a.example").ports(443),
                drop("a.example").sources("10.0.0.0/8"),
                drop("a.example").alpn("h2"),
                drop("a.example").listeners("lan"),
                drop(".example").except("a.example"),
                drop("a.example").disabled())) {
            assertThat(findings(narrow, later)).isEmpty();
        }
        assertThat(findings(drop("a.example").ports(443, 8443), later.ports(443)))
                .hasSize(1);
        assertThat(findings(drop(".example").except("b.example"), later.except("b.example")))
                .hasSize(1);
    }

    @Test
    void what_is_there_twice_is_named_once() {
        assertThat(of(Kind.DUPLICATE, findings(drop("a.example", "*.b.example", "A.example", "*.b.example"))))
                .extracting(finding -> finding.pattern().getAsInt())
                .containsExactly(2, 3);
        assertThat(of(Kind.DUPLICATE, findings(drop("~^a:", "~^a:")))).hasSize(1);
        assertThat(of(Kind.DUPLICATE, findings(drop("a.example", ".a.example"))))
                .isEmpty();
    }

    @Test
    void two_rules_of_one_name_are_told_of() {
        assertThat(of(
                        Kind.DUPLICATE,
                        findings(drop("a.test").named("x"), drop("b.test").named("x"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "**, 1",
        ".com, 1",
        "**.com, 1",
        "*.com, 1",
        "*.*, 1",
        "~., 1",
        "~example|, 1",
        ".example.com, 0",
        "*.*.example.com, 0"
    })
    void letting_whole_top_level_domains_pass_is_told_of(String pattern, int findings) {
        assertThat(of(Kind.BROAD, findings(pass(pattern)))).hasSize(findings);
        assertThat(of(Kind.BROAD, findings(pass(pattern).sources("10.0.0.0/8"))))
                .isEmpty();
        assertThat(of(Kind.BROAD, findings(drop(pattern)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ~^example.com:443$            ; has a dot ; write "~^example\\.com:443$"
            ~example\\.com                ; not anchored ; write ".example.com" without
            ~apple\\.com:443              ; not anchored ; write "^"
            ~^(.+\\.)?apple\\.com          ; not anchored ; write "^"
            """)
    void an_expression_that_matches_more_than_meant_is_told_of(String pattern, String found, String mend) {
        assertThat(of(Kind.EXPRESSION, findings(drop(pattern)))).singleElement().satisfies(finding -> {
            assertThat(finding.found()).contains(found);
            assertThat(finding.mend()).startsWith(mend);
        });
    }

    @Test
    void a_star_without_its_apex_is_told_of_unless_that_is_written_down() {
        assertThat(of(Kind.APEX, findings(pass("*.a.example"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.mend())
                        .isEqualTo("add \"a.example\" to match, or to except if that is meant"));
        assertThat(of(Kind.APEX, findings(pass("*.a.example"), drop("a.example"))))
                .isEmpty();
        assertThat(of(Kind.APEX, findings(pass("*.a.example").except("a.example"))))
                .isEmpty();
        assertThat(of(Kind.APEX, findings(pass("*.example", "*.*.a.example", "**.a.example"))))
                .isEmpty();
    }

    @Test
    void of_one_kind_only_so_many_are_listed() {
        List<String> twice = Stream.concat(Stream.of(0), IntStream.range(0, 100).boxed())
                .flatMap(i -> Stream.of("n" + i + ".example", "n" + i + ".example"))
                .toList();
        assertThat(of(Kind.DUPLICATE, findings(drop().matching(twice)))).hasSize(Hygiene.SHOWN + 1);
    }

    private static List<Hygiene.Finding> findings(RuleDraft... drafts) {
        return Hygiene.of(Stream.of(drafts).map(RuleDraft::rule).toList());
    }

    private static List<Hygiene.Finding> of(Kind kind, List<Hygiene.Finding> findings) {
        return findings.stream().filter(finding -> finding.kind() == kind).toList();
    }
}
