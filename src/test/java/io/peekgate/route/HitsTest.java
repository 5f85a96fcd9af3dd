package io.peekgate.route;

import static io.peekgate.route.Rules.DROP;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.pass;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HitsTest {
    @Test
    void each_decision_counts_for_the_rule_that_made_it() {
        Policy policy = policy(DROP, drop("a.example"), pass(".example"), pass("never.test"));
        policy.decide(ask("a.example").request());
        policy.decide(ask("b.example").request());
        policy.decide(ask("c.example").request());
        policy.decide(ask("other.test").request());

        assertThat(policy.hits(0)).isEqualTo(1);
        assertThat(policy.hits(1)).isEqualTo(2);
        assertThat(policy.hits(2)).isZero();
    }

    @Test
    void explaining_counts_for_nothing() {
        Policy policy = policy(DROP, pass("a.example"));
        policy.explain(ask("a.example").request());
        assertThat(policy.hits(0)).isZero();
    }

    @Test
    void a_disabled_rule_counts_what_it_would_have_decided() {
        Policy policy = policy(
                DROP,
                drop(".example").except("b.example").ports(443).disabled(),
                drop("~example").disabled(),
                pass(".example"));
        policy.decide(ask("a.example").request());
        policy.decide(ask("b.example").request());
        policy.decide(ask("a.example").port(8443).request());

        assertThat(policy.hits(0)).isEqualTo(1);
        assertThat(policy.hits(1))
                .as("expressions of disabled rules do not run")
                .isZero();
        assertThat(policy.hits(2)).isEqualTo(3);
    }

    @Test
    void an_expression_in_what_a_disabled_rule_excepts_does_not_run() {
        Policy policy = policy(DROP, drop(".example").except("b.example", "~^c").disabled());
        policy.decide(ask("b.example").request());
        policy.decide(ask("c.example").request());

        assertThat(policy.hits(0)).isEqualTo(1);
    }
}
