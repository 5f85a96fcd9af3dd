package io.peekgate.route;

import static io.peekgate.route.Rules.DROP;
import static io.peekgate.route.Rules.PASS;
import static io.peekgate.route.Rules.ask;
import static io.peekgate.route.Rules.drop;
import static io.peekgate.route.Rules.pass;
import static io.peekgate.route.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Destination;
import io.peekgate.model.OnDrop;
import io.peekgate.model.OnEch;
import io.peekgate.model.ServerName;
import io.peekgate.model.Target;
import io.peekgate.route.Rules.RequestDraft;
import io.peekgate.route.Rules.RuleDraft;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledRuleTest {
    @Test
    void exceptions_are_patterns_of_every_kind() {
        Policy policy =
                policy(PASS, drop("**.ads.example").except("ok.ads.example", ".fine.ads.example", "~^good\\d+\\."));
        for (String name : List.of("ok.ads.example", "a.fine.ads.example", "good12.ads.example")) {
            assertThat(policy.decide(ask(name).request()).reason()).as(name).isEqualTo(CloseReason.DEFAULT);
        }
        assertThat(policy.decide(ask("bad.ads.example").request()).reason()).isEqualTo(CloseReason.RULE_DROP);
    }

    @Test
    void ports_are_those_the_client_dialled() {
        Policy policy = policy(DROP, pass().ports(443, 8443));
        assertThat(passes(policy, ask("a.example").port(8443))).isTrue();
        assertThat(passes(policy, ask("a.example").port(80))).isFalse();
    }

    @Test
    void a_listener_is_known_by_its_name() {
        Policy policy = policy(DROP, pass().listeners("egress", "lab"));
        assertThat(passes(policy, ask("a.example").listener("lab"))).isTrue();
        assertThat(passes(policy, ask("a.example").listener("Lab"))).isFalse();
    }

    @Test
    void one_offered_protocol_among_the_rules_is_enough() {
        Policy policy = policy(DROP, pass().alpn("h2", "h3"));
        assertThat(passes(policy, ask("a.example").alpn("http/1.1", "h2"))).isTrue();
        assertThat(passes(policy, ask("a.example").alpn("http/1.1"))).isFalse();
        assertThat(passes(policy, ask("a.example"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,   10.1.255.255,         true",
        "10.1.0.0/16,   10.2.0.0,             false",
        "10.1.0.0/16,   ::1,                  false",
        "10.1.2.3,      10.1.2.3,             true",
        "10.1.2.3,      10.1.2.4,             false",
        "2001:db8::/32, 2001:db8:ffff::1,     true",
        "2001:db8::/32, 2001:db9::1,          false",
        "loopback,      127.8.9.10,           true",
        "loopback,      ::1,                  true",
        "loopback,      10.0.0.1,             false",
        "private,       10.255.0.1,           true",
        "private,       172.31.255.255,       true",
        "private,       172.32.0.0,           false",
        "private,       192.168.7.7,          true",
        "private,       169.254.1.1,          true",
        "private,       fd00::1,              true",
        "private,       fe80::1,              true",
        "private,       2001:db8::1,          false",
        "private,       127.0.0.1,            false",
        "any,           203.0.113.9,          true",
        "any,           2001:db8::1,          true",
        "0.0.0.0/0,     2001:db8::1,          false",
    })
    void a_source_is_an_address_a_network_or_a_word(String source, String client, boolean matches) {
        Policy policy = policy(DROP, pass().sources("203.0.113.77", source));
        assertThat(passes(policy, ask("a.example").source(client))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7:8443,         10.0.0.7,     8443",
        "10.0.0.7,              10.0.0.7,     443",
        "[2001:db8::7]:8443,    2001:db8::7,  8443",
        "[2001:db8::7],         2001:db8::7,  443",
        "2001:db8::7,           2001:db8::7,  443",
    })
    void a_target_may_be_an_address_with_or_without_a_port(String text, String ip, int port) {
        Policy policy = policy(DROP, pass("a.example").target(text).allowPrivate());
        assertThat(policy.decide(ask("a.example").request()).target())
                .contains(new Target.Fixed(Rules.address(ip), port, true));
    }

    @ParameterizedTest
    @CsvSource({
        "Other.example:8443,    other.example,          8443",
        "other.example,         other.example,          443",
        "b\u00fccher.example:1, xn--bcher-kva.example,  1",
    })
    void a_target_may_be_another_name_with_or_without_a_port(String text, String name, int port) {
        Policy policy = policy(DROP, pass("a.example").target(text));
        assertThat(policy.decide(ask("a.example").request()).target())
                .contains(new Target.Named(ServerName.of(name), port, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void a_port_that_does_not_exist_is_refused(int port) {
        assertRefused(pass("a.example").ports(port), "port \"" + port + "\"", "1 to 65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3/16      | write \"10.1.0.0/16\" for the network, or \"10.1.2.3\"",
                "10.1.2           | write one such as \"10.1.0.0/16\"",
                "010.1.2.3        | write one such as",
                "Private          | loopback, private and any",
                "example.com      | write one such as",
                "1.2.3.4/33       | write one such as",
            })
    void a_source_that_is_none_is_refused(String source, String mend) {
        assertRefused(pass("a.example").sources(source), "source \"" + source + "\"", mend);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":443",
                "a..b:443",
                "a.example:0",
                "a.example:65536",
                "a.example:https",
                "[192.0.2.7",
                "[::g]:443",
                "10.0.0.0/8",
                "1.2.3:443",
                "*.example:443",
                "https://a.example"
            })
    void a_target_that_is_none_is_refused(String target) {
        assertRefused(pass("a.example").target(target), "target \"" + target + "\"", "write \"www.example.com:443\"");
    }

    @Test
    void a_rule_that_drops_has_nothing_to_dial() {
        assertRefused(drop("a.example").target("192.0.2.7:443"), "target", "leave it out");
        assertRefused(drop("a.example").allowPrivate(), "allow-private", "leave it out");
    }

    @Test
    void a_wrong_pattern_is_refused_with_its_rule_and_origin() {
        assertRefused(pass("good.example", "a*b.com"), "pattern \"a*b.com\"", "write");
        assertRefused(pass().except("a*b.com"), "pattern \"a*b.com\"", "write");
        assertRefused(pass("~("), "pattern \"~(\"", "write");
        assertRefused(pass("a*b.com").disabled(), "pattern \"a*b.com\"", "write");
    }

    @Test
    void a_wrong_target_for_clients_without_a_name_is_refused() {
        Defaults wrong =
                new Defaults(false, OnDrop.ALERT, Optional.of("a b:443"), Destination.RESOLVE, OnEch.FLAG, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(wrong))
                .withMessageContaining("target \"a b:443\"");
    }

    private static void assertRefused(RuleDraft rule, String problem, String mend) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(DROP, rule.named("culprit")))
                .withMessageStartingWith("test.conf:1: rule culprit: " + problem)
                .withMessageContaining(mend);
    }

    private static boolean passes(Policy policy, RequestDraft asked) {
        return policy.decide(asked.request()).target().isPresent();
    }
}
