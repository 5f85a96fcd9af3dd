package io.peekgate.route;

import static io.peekgate.route.Rules.DROP;
import static io.peekgate.route.Rules.PASS;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.askWithoutName;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.pass;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import io.peekgate.route.Rules.RequestDraft;
import io.peekgate.route.Rules.RuleDraft;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
    private static final RuleDraft RUNAWAY = pass("~(?=a)(a+)+\\1!").named("runaway");
    private static final RequestDraft LONG = ask("a".repeat(60) + ".example");

    @Test
    void a_passing_rule_names_itself_its_reason_and_the_name_to_dial() {
        Policy policy = policy(DROP, pass("bank.example").named("bank").because("pinned certificate"));
        assertThat(policy.decide(ask("bank.example").port(8443).request()))
                .isEqualTo(new Verdict(
                        CloseReason.RULE,
                        Optional.of("bank"),
                        Optional.of(new Target.Named(ServerName.of("bank.example"), 8443, false)),
                        OnDrop.ALERT,
                        OnEch.FLAG,
                        Optional.empty(),
                        "pinned certificate",
                        7));
    }

    @Test
    void a_dropping_rule_names_itself_and_how_to_refuse() {
        Policy policy = policy(PASS, drop("ads.example").because("ads").onDrop(OnDrop.RESET));
        assertThat(policy.decide(ask("ads.example").request()))
                .isEqualTo(new Verdict(
                        CloseReason.RULE_DROP,
                        Optional.of("r1"),
                        Optional.empty(),
                        OnDrop.RESET,
                        OnEch.FLAG,
                        Optional.empty(),
                        "ads",
                        7));
    }

    @Test
    void a_rule_without_on_drop_refuses_as_the_default_says() {
        Defaults closing = new Defaults(true, OnDrop.CLOSE, Optional.empty(), Destination.RESOLVE, OnEch.FLAG, false);
        assertThat(policy(closing, drop("a.example"))
                        .decide(ask("a.example").request())
                        .onDrop())
                .isEqualTo(OnDrop.CLOSE);
    }

    @Test
    void any_name_is_not_the_same_as_no_pattern() {
        assertThat(passes(policy(DROP, pass()), ask("a.example"))).isTrue();
        assertThat(passes(policy(DROP, pass().matching(List.of())), ask("a.example")))
                .isFalse();
    }

    @Test
    void what_no_rule_matches_goes_by_default() {
        assertThat(policy(PASS).decide(ask("a.example").request()))
                .isEqualTo(new Verdict(
                        CloseReason.DEFAULT,
                        Optional.empty(),
                        Optional.of(new Target.Named(ServerName.of("a.example"), 443, false)),
                        OnDrop.ALERT,
                        OnEch.FLAG,
                        Optional.empty(),
                        "",
                        7));
        assertThat(policy(DROP, pass("b.example")).decide(ask("a.example").request()))
                .isEqualTo(new Verdict(
                        CloseReason.DEFAULT_DROP,
                        Optional.empty(),
                        Optional.empty(),
                        OnDrop.ALERT,
                        OnEch.FLAG,
                        Optional.empty(),
                        "",
                        7));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example,     exact",
        "b.example,     expression",
        "x.example,     star",
        "a.b.example,   below",
        "c.test,        any",
    })
    void the_first_match_decides_whatever_kind_of_pattern_it_has(String name, String rule) {
        Policy policy = policy(
                DROP,
                pass("a.example").named("exact"),
                pass("~^[ab]\\.example:").named("expression"),
                pass("*.example").named("star"),
                pass("**.example").named("below"),
                pass().named("any"),
                pass(name).named("too late"));
        assertThat(policy.decide(ask(name).request()).rule()).contains(rule);
    }

    @Test
    void one_rule_may_mix_names_and_expressions() {
        Policy policy = policy(DROP, pass("a.example", "~^b\\d\\.", ".c.example"));
        for (String name : List.of("a.example", "b7.example", "x.c.example")) {
            assertThat(policy.decide(ask(name).request()).reason()).as(name).isEqualTo(CloseReason.RULE);
        }
        assertThat(policy.decide(ask("b.example").request()).reason()).isEqualTo(CloseReason.DEFAULT_DROP);
    }

    @Test
    void a_later_rule_with_the_same_pattern_serves_whom_the_first_does_not() {
        Policy policy = policy(
                DROP,
                pass("a.example").ports(443).named("first"),
                pass("a.example").named("second"));
        assertThat(policy.decide(ask("a.example").request()).rule()).contains("first");
        assertThat(policy.decide(ask("a.example").port(80).request()).rule()).contains("second");
    }

    @Test
    void a_disabled_rule_decides_nothing() {
        Policy policy = policy(PASS, drop("a.example").disabled(), drop("~a").disabled());
        assertThat(policy.decide(ask("a.example").request()).reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(policy.rules()).hasSize(2);
    }

    @Test
    void without_a_name_no_rule_is_asked() {
        Policy dropping = policy(PASS, pass());
        assertThat(dropping.decide(askWithoutName().request()))
                .isEqualTo(new Verdict(
                        CloseReason.NO_SNI,
                        Optional.empty(),
                        Optional.empty(),
                        OnDrop.ALERT,
                        OnEch.FLAG,
                        Optional.empty(),
                        "",
                        7));
        Defaults fixed = new Defaults(
                false, OnDrop.ALERT, Optional.of("192.0.2.7:8443"), Destination.RESOLVE, OnEch.FLAG, false);
        Verdict verdict = policy(fixed, drop()).decide(askWithoutName().request());
        assertThat(verdict.reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(verdict.target()).contains(new Target.Fixed(Rules.address("192.0.2.7"), 8443, false));
    }

    @Test
    @Timeout(10)
    void a_runaway_expression_ends_the_connection_and_names_its_rule() {
        Policy policy = policy(PASS, RUNAWAY, pass());
        Verdict verdict = policy.decide(LONG.request());
        assertThat(verdict.reason()).isEqualTo(CloseReason.RULE_ERROR);
        assertThat(verdict.rule()).contains("runaway");
        assertThat(verdict.target()).isEmpty();
        assertThat(verdict.detail()).contains("steps on " + "a".repeat(60) + ".example:443");
    }

    @Test
    @Timeout(10)
    void a_runaway_exception_ends_the_connection_too() {
        Policy policy = policy(PASS, drop("**").except("~(?=a)(a+)+\\1!"));
        assertThat(policy.decide(LONG.request()).reason()).isEqualTo(CloseReason.RULE_ERROR);
    }

    @Test
    void an_expression_runs_only_where_it_decides() {
        assertThat(passes(policy(DROP, pass("**.example"), RUNAWAY), LONG)).isTrue();
        assertThat(passes(policy(PASS, RUNAWAY.ports(8443), RUNAWAY.disabled()), LONG))
                .isTrue();
    }

    @Test
    void a_hundred_runaways_are_stopped_within_seconds() {
        Policy policy = policy(PASS, RUNAWAY);
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(policy.decide(LONG.request()).reason()).isEqualTo(CloseReason.RULE_ERROR);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static boolean passes(Policy policy, RequestDraft asked) {
        return policy.decide(asked.request()).target().isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void where_the_clients_destination_is_known_the_target_holds_both_and_how_to_choose(Destination destination) {
        Policy policy = policy(
                new Defaults(true, OnDrop.ALERT, Optional.empty(), Destination.RESOLVE, OnEch.FLAG, false),
                pass("a.example").allowPrivate().destination(destination));
        InetSocketAddress original = new InetSocketAddress(Rules.address("192.0.2.7"), 8443);

        assertThat(policy.decide(ask("a.example")
                                .port(8443)
                                .original("192.0.2.7", 8443)
                                .request())
                        .target())
                .contains(new Target.Dialled(ServerName.of("a.example"), original, destination, true));
        assertThat(policy.decide(ask("b.example")
                                .port(8443)
                                .original("192.0.2.7", 8443)
                                .request())
                        .target())
                .contains(new Target.Dialled(ServerName.of("b.example"), original, Destination.RESOLVE, false));
    }

    @ParameterizedTest
    @EnumSource
    void without_it_the_modes_that_need_it_refuse(Destination destination) {
        Policy policy = policy(
                new Defaults(true, OnDrop.ALERT, Optional.empty(), destination, OnEch.FLAG, false), pass("a.example"));
        CloseReason refusal = CloseReason.NOT_REDIRECTED;

        boolean needed = destination == Destination.ORIGINAL || destination == Destination.STRICT;
        assertThat(policy.decide(ask("a.example").request()).reason()).isEqualTo(needed ? refusal : CloseReason.RULE);
        assertThat(policy.decide(ask("b.example").request()).reason())
                .isEqualTo(needed ? refusal : CloseReason.DEFAULT);
        assertThat(policy.decide(ask("a.example").request()).target().isPresent())
                .isEqualTo(!needed);
    }

    @Test
    void without_a_name_the_clients_destination_can_count() {
        Policy policy = policy(
                new Defaults(false, OnDrop.ALERT, Optional.of("original"), Destination.RESOLVE, OnEch.FLAG, false));

        assertThat(policy.decide(askWithoutName().original("192.0.2.7", 443).request())
                        .target())
                .contains(new Target.Fixed(Rules.address("192.0.2.7"), 443, false));
        assertThat(policy.decide(askWithoutName().request())).satisfies(verdict -> {
            assertThat(verdict.reason()).isEqualTo(CloseReason.NO_SNI);
            assertThat(verdict.detail()).contains("no-sni = original");
        });
    }

    @Test
    void a_rule_that_drops_or_has_a_target_does_not_choose_by_destination() {
        for (RuleDraft rule : List.of(drop("a.example"), pass("a.example").target("b.example:443"))) {
            assertThatThrownBy(() -> policy(PASS, rule.destination(Destination.ORIGINAL_IF_RESOLVED)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("destination \"original-if-resolved\"");
        }
    }
}
