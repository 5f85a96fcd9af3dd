package io.peekgate.route;

import static io.peekgate.route.Rules.DROP;
import static io.peekgate.route.Rules.PASS;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.askWithoutName;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.onEch;
import static io.peekgate.route.Rules.pass;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.CloseReason;
import io.peekgate.model.OnEch;
import io.peekgate.model.Request;
import io.peekgate.model.Verdict;
import io.peekgate.route.Rules.RequestDraft;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchTest {
    @ParameterizedTest
    @CsvSource({"NONE, DEFAULT", "OUTER, ECH_DENIED", "GREASE, DEFAULT", "INNER, ECH_DENIED"})
    void deny_refuses_what_may_hold_another_name(Ech kind, CloseReason reason) {
        Verdict verdict = policy(onEch(OnEch.DENY, PASS)).decide(asking(kind));
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.target().isEmpty()).isEqualTo(reason == CloseReason.ECH_DENIED);
    }

    @ParameterizedTest
    @CsvSource({"ALLOW", "FLAG"})
    void allow_and_flag_let_pass_and_say_which_they_are(OnEch onEch) {
        Verdict verdict = policy(onEch(onEch, PASS)).decide(asking(Ech.OUTER));
        assertThat(verdict.reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(verdict.onEch()).isEqualTo(onEch);
    }

    @Test
    void a_rules_own_word_counts_before_the_policys() {
        Policy strictButForOne =
                policy(onEch(OnEch.DENY, PASS), pass("a.example").ech(OnEch.ALLOW));
        assertThat(strictButForOne.decide(asking(Ech.OUTER)).reason()).isEqualTo(CloseReason.RULE);

        Policy looseButForOne = policy(DROP, pass("a.example").named("a").ech(OnEch.DENY));
        Verdict denied = looseButForOne.decide(asking(Ech.OUTER));
        assertThat(denied.reason()).isEqualTo(CloseReason.ECH_DENIED);
        assertThat(denied.rule()).contains("a");
    }

    @Test
    void what_is_dropped_anyway_keeps_its_reason() {
        Policy policy = policy(onEch(OnEch.DENY, PASS), drop("a.example"));
        assertThat(policy.decide(asking(Ech.OUTER)).reason()).isEqualTo(CloseReason.RULE_DROP);
    }

    @Test
    void a_hello_without_a_name_is_denied_too() {
        Policy policy = policy(new Defaults(
                false, PASS.onDrop(), Optional.of("192.0.2.7:443"), PASS.destination(), OnEch.DENY, false));
        RequestDraft nameless = askWithoutName();
        assertThat(policy.decide(nameless.request()).reason()).isEqualTo(CloseReason.DEFAULT);
        assertThat(policy.decide(nameless.ech(Ech.OUTER).request()).reason()).isEqualTo(CloseReason.ECH_DENIED);
    }

    @Test
    void explaining_says_the_same() {
        Policy policy = policy(onEch(OnEch.DENY, PASS), pass("a.example"));
        assertThat(policy.explain(asking(Ech.OUTER)).verdict()).isEqualTo(policy.decide(asking(Ech.OUTER)));
    }

    @Test
    void a_rule_that_drops_has_nothing_to_say_of_it() {
        assertThatThrownBy(() -> policy(PASS, drop("a.example").ech(OnEch.DENY)))
                .hasMessageContaining("ech \"deny\": a rule that drops asks for nothing else; leave it out");
    }

    private static Request asking(Ech kind) {
        return ask("a.example").ech(kind).request();
    }
}
