package io.peekgate.rules;

import static io.peekgate.rules.Stores.add;
import static io.peekgate.rules.Stores.config;
import static io.peekgate.rules.Stores.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTestsTest {
    private static final String RULES = """
            rules = [
              { name = bank, match = .bank.test, sources = "10.0.0.0/8", alpn = h2, ports = 443 }
              { name = ads, match = .ads.test, action = drop }
            ]""";

    @TempDir
    private Path folder;

    @Test
    void tests_that_hold_let_the_policy_in() {
        assertThatCode(() -> open("""
                { sni = bank.test, source = "10.1.2.3", alpn = h2, expect = passthrough, rule = bank }
                { sni = bank.test, source = "10.1.2.3", alpn = h2, port = 8443, expect = drop }
                { sni = bank.test, source = "192.0.2.1", alpn = h2, expect = drop }
                { sni = www.ads.test, expect = drop, rule = ads }
                """)).doesNotThrowAnyException();
    }

    @Test
    void one_that_fails_is_told_by_its_line_with_the_trace_that_explain_prints() {
        assertThatThrownBy(() -> open("{ sni = www.ads.test, expect = passthrough }"))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessage(folder.resolve("a.conf") + """
                        :9: policy test of www.ads.test: passthrough is expected, but it is dropped
                        asked     www.ads.test:443 from 127.0.0.1 through egress
                        rule      bank (%1$s:5): none of its patterns matches
                        rule      ads (%1$s:6): it matches
                        decided   by rule ads
                        drop      rule_drop: A rule drops this name.""".formatted(folder.resolve("a.conf")));
    }

    @Test
    void the_rule_that_decides_is_tested_too() {
        assertThatThrownBy(() -> open("{ sni = www.ads.test, expect = drop, rule = bank }"))
                .hasMessageContaining("rule bank is expected to decide, but rule ads does");
        assertThatThrownBy(() -> open("{ sni = other.test, expect = drop, rule = bank }"))
                .hasMessageContaining("rule bank is expected to decide, but the default does");
    }

    @Test
    void a_policy_that_only_observes_is_judged_by_what_it_would_do() {
        assertThatCode(() -> RuleStore.open(
                        config(folder, "mode = observe", RULES, "tests = [ { sni = www.ads.test, expect = drop } ]")))
                .doesNotThrowAnyException();
    }

    @Test
    void all_that_fail_are_told_at_once() {
        assertThatThrownBy(() -> open("""
                { sni = www.ads.test, expect = passthrough }
                { sni = bank.test, expect = passthrough }
                """)).hasMessageContaining("a.conf:9:").hasMessageContaining("a.conf:10:");
    }

    @Test
    void a_name_that_no_client_can_send_is_no_test() {
        assertThatThrownBy(() -> open("{ sni = \"192.0.2.1\", expect = drop }"))
                .hasMessageContaining("a.conf:9: policy test of 192.0.2.1: no client can send that name");
    }

    @Test
    void an_edit_at_run_time_that_would_fail_a_test_is_refused() throws IOException {
        RuleStore store =
                open("{ sni = bank.test, source = \"10.1.2.3\", alpn = h2, expect = passthrough, rule = bank }");

        assertThatThrownBy(() -> add(store, "bank.test")).hasMessageContaining("passthrough is expected");

        assertThat(ids(store)).isEmpty();
        assertThat(Stores.file(folder)).doesNotExist();
    }

    private RuleStore open(String tests) throws IOException {
        return RuleStore.open(config(folder, RULES, "tests = [", tests.strip(), "]"));
    }
}
