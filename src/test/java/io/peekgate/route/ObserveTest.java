package io.peekgate.route;

import static io.peekgate.route.Rules.DROP;
import static io.peekgate.route.Rules.PASS;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.askWithoutName;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.observing;
import static io.peekgate.route.Rules.onEch;
import static io.peekgate.route.Rules.pass;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.CloseReason;
import io.peekgate.model.OnEch;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ObserveTest {
    private static final Target MEANT = new Target.Named(ServerName.of("a.example"), 443, false);

    @Test
    void what_a_rule_would_drop_passes_and_is_told_of_with_the_rule() {
        Verdict verdict = policy(observing(PASS), drop("a.example").named("ads").because("no ads"))
                .decide(ask("a.example").request());
        assertThat(verdict.reason()).isEqualTo(CloseReason.RULE);
        assertThat(verdict.rule()).contains("ads");
        assertThat(verdict.target()).contains(MEANT);
        assertThat(verdict.wouldDrop()).contains(CloseReason.RULE_DROP);
        assertThat(verdict.detail()).isEqualTo("would be rule_drop: no ads");
    }

    @Test
    void what_the_default_would_drop_passes_by_default() {
        Verdict verdict = policy(observing(DROP)).decide(ask("a.example").request());
        assertThat(verdict.reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(verdict.target()).contains(MEANT);
        assertThat(verdict.wouldDrop()).contains(CloseReason.DEFAULT_DROP);
        assertThat(verdict.detail()).isEqualTo("would be default_drop");
    }

    @Test
    void what_passes_anyway_is_as_in_force() {
        Verdict observed = policy(observing(DROP), pass("a.example").because("bank"))
                .decide(ask("a.example").request());
        assertThat(observed)
                .isEqualTo(policy(DROP, pass("a.example").because("bank"))
                        .decide(ask("a.example").request()));
        assertThat(observed.wouldDrop()).isEmpty();
    }

    @Test
    void a_denied_ech_goes_where_its_rule_says() {
        Policy policy =
                policy(observing(onEch(OnEch.DENY, DROP)), pass("a.example").target("192.0.2.7:8443"));
        Verdict verdict = policy.decide(ask("a.example").ech(Ech.OUTER).request());
        assertThat(verdict.target()).contains(new Target.Fixed(Rules.address("192.0.2.7"), 8443, false));
        assertThat(verdict.wouldDrop()).contains(CloseReason.ECH_DENIED);
    }

    @Test
    void a_client_without_a_name_goes_where_it_dialled_and_is_dropped_if_nothing_tells() {
        Policy policy = policy(observing(DROP));
        Verdict verdict =
                policy.decide(askWithoutName().original("192.0.2.9", 443).request());
        assertThat(verdict.target()).contains(new Target.Fixed(Rules.address("192.0.2.9"), 443, false));
        assertThat(verdict.wouldDrop()).contains(CloseReason.NO_SNI);
        assertThat(policy.decide(askWithoutName().request()).reason()).isEqualTo(CloseReason.NO_SNI);
    }

    @Test
    @Timeout(10)
    void a_runaway_expression_does_not_end_the_connection_but_is_told_of() {
        Verdict verdict = policy(observing(PASS), drop("~(?=a)(a+)+\\1!").named("runaway"))
                .decide(ask("a".repeat(60) + '.' + "a".repeat(60)).request());
        assertThat(verdict.reason()).isEqualTo(CloseReason.RULE);
        assertThat(verdict.rule()).contains("runaway");
        assertThat(verdict.wouldDrop()).contains(CloseReason.RULE_ERROR);
    }
}
