package io.peekgate.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.config.ConfigLoader;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Request;
import io.peekgate.model.ServerName;
import io.peekgate.route.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCompilerTest {
    @TempDir
    private Path folder;

    private Path list;

    @BeforeEach
    void nameTheList() {
        list = folder.resolve("list.txt");
    }

    @Test
    void a_match_file_holds_a_pattern_a_line_with_comments() throws IOException {
        Policy policy = dropping("""
                # all of these
                one.test
                .two.test   # and what is below

                ~^three\\.test:443$
                """);

        assertThat(drops(policy, "one.test", "two.test", "www.two.test", "three.test"))
                .isTrue();
        assertThat(reason(policy, "www.one.test")).isEqualTo(CloseReason.DEFAULT);
        assertThat(reason(policy, "all")).isEqualTo(CloseReason.DEFAULT);
    }

    @Test
    void a_line_of_a_hosts_file_stands_for_its_names_but_not_for_the_machines_own() throws IOException {
        Policy policy = dropping("""
                127.0.0.1 localhost
                ::1       localhost ip6-loopback
                0.0.0.0   ads.test tracker.test
                """);

        assertThat(drops(policy, "ads.test", "tracker.test")).isTrue();
        assertThat(reason(policy, "localhost")).isEqualTo(CloseReason.DEFAULT);
    }

    @Test
    void an_empty_match_file_matches_nothing() throws IOException {
        assertThat(reason(dropping("# nobody yet\n"), "one.test")).isEqualTo(CloseReason.DEFAULT);
    }

    @Test
    void a_rule_without_patterns_matches_every_name() throws IOException {
        assertThat(reason(policy("{ action = drop }"), "one.test")).isEqualTo(CloseReason.RULE_DROP);
    }

    @Test
    void every_wrong_line_is_named_by_its_file_and_line() {
        assertThatThrownBy(() -> dropping("one.test\na*b.test\nfine.test\nhttp://c.test\n"))
                .isInstanceOf(InvalidRulesException.class)
                .message()
                .satisfies(message -> assertThat(message.lines().toList())
                        .hasSize(2)
                        .satisfiesExactly(
                                first -> assertThat(first)
                                        .startsWith(list + ":2:1: ")
                                        .contains("a*b.test"),
                                second -> assertThat(second)
                                        .startsWith(list + ":4:1: ")
                                        .contains("http://c.test")));
    }

    @Test
    void a_rule_that_is_wrong_beside_its_patterns_is_named_by_its_place_in_the_configuration() {
        assertThatThrownBy(() -> policy("{ match = a.test, except = \"a*b\" }"))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("a*b")
                .hasMessageContaining(folder.resolve("peekgate.conf") + ":");
    }

    private Policy dropping(String lines) throws IOException {
        Files.writeString(list, lines);
        return policy("{ match-file = \"list.txt\", action = drop }");
    }

    private Policy policy(String rule) throws IOException {
        Path file = Files.writeString(
                folder.resolve("peekgate.conf"),
                "peekgate.policy { default-action = passthrough, rules = [ " + rule + " ] }");
        return PolicyCompiler.compile(
                ConfigLoader.load(List.of(file), List.of()).policy(), 1);
    }

    private static boolean drops(Policy policy, String... names) {
        return List.of(names).stream().allMatch(name -> reason(policy, name) == CloseReason.RULE_DROP);
    }

    private static CloseReason reason(Policy policy, String name) {
        Request request = new Request(
                "egress",
                InetAddress.getLoopbackAddress(),
                Optional.of(ServerName.of(name)),
                443,
                List.of(),
                Optional.empty());
        return policy.decide(request).reason();
    }
}
