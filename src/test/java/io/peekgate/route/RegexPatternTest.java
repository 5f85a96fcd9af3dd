package io.peekgate.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.Request;
import io.peekgate.route.Rules.RequestDraft;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexPatternTest {
    private static final String NOT_EXAMPLE_NOR_MITMPROXY = "^(?!example\\.com)(?!mitmproxy\\.org)";

    @ParameterizedTest
    @CsvSource({
        "^example\\.com:443$,         example.com,        443,  true",
        "^example\\.com:443$,         EXAMPLE.com,        443,  true",
        "^example\\.com:443$,         www.example.com,    443,  false",
        "^example\\.com:443$,         example.com,        8443, false",
        "^example\\.com:443$,         example.com.au,     443,  false",
        "apple.com:443,               apple.com,          443,  true",
        "apple.com:443,               www.apple.com,      443,  true",
        "apple.com:443,               pineapple.com,      443,  true",
        "apple.com:443,               apple-com,          443,  true",
        "apple.com:443,               apple.com,          8443, false",
        "^(.+\\.)?apple\\.com:443$,   apple.com,          443,  true",
        "^(.+\\.)?apple\\.com:443$,   a.b.apple.com,      443,  true",
        "^(.+\\.)?apple\\.com:443$,   pineapple.com,      443,  false",
        "^(.+\\.)?apple\\.com:443$,   apple.com,          80,   false",
        "^example.com:,               example.com,        443,  true",
        "^example.com:,               example.com,        8443, true",
        "^example.com:,               www.example.com,    443,  false",
        "^example.com:,               example.com.evil,   443,  false",
    })
    void the_manuals_patterns_for_names_mean_here_what_they_mean_there(
            String expression, String name, int port, boolean matches) {
        assertThat(matches(expression, Rules.ask(name).port(port))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "17\\.178\\.96\\.59:443,      17.178.96.59,  443,  true",
        "17\\.178\\.96\\.59:443,      17.178.96.60,  443,  false",
        "17\\.178\\.96\\.59:443,      17.178.96.59,  8443, false",
        "17\\.178\\.96\\.59:443,      117.178.96.59, 443,  true",
        "17\\.178\\.\\d+\\.\\d+:443,  17.178.0.255,  443,  true",
        "17\\.178\\.\\d+\\.\\d+:443,  17.179.96.59,  443,  false",
        "17\\.178\\.\\d+\\.\\d+:443,  17.178.96.59,  80,   false",
    })
    void the_manuals_patterns_for_addresses_see_the_original_destination(
            String expression, String ip, int port, boolean matches) {
        assertThat(matches(expression, Rules.ask("www.apple.com").original(ip, port)))
                .isEqualTo(matches);
    }

    @Test
    void without_an_original_destination_there_is_no_address_to_match() {
        assertThat(matches("17\\.178\\.96\\.59:443", Rules.ask("www.apple.com")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,     false",
        "example.com.au,  false",
        "mitmproxy.org,   false",
        "www.example.com, true",
        "apple.com,       true",
    })
    void everything_but_some_names_holds_with_and_without_an_original_destination(String name, boolean matches) {
        RequestDraft asked = Rules.ask(name);
        assertThat(matches(NOT_EXAMPLE_NOR_MITMPROXY, asked)).isEqualTo(matches);
        assertThat(matches(NOT_EXAMPLE_NOR_MITMPROXY, asked.original("192.0.2.1", 443)))
                .isEqualTo(matches);
    }

    @Test
    void everything_but_some_addresses_does_not_match_by_its_name() {
        RequestDraft asked = Rules.ask("apple.com").original("17.178.96.59", 443);
        assertThat(matches("^(?!17\\.178\\.)", asked)).isFalse();
        assertThat(matches("(?<!59):443", asked)).isFalse();
        assertThat(matches("(?<!60):443", asked)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(?=17\\.178)", "(?<=59):443", "\\(?!|^(?=17)", "[(?!]|^(?=17)", "\\Q(?!\\E|^(?=17)"})
    void without_a_negative_look_one_of_the_two_suffices_to_match(String expression) {
        assertThat(matches(expression, Rules.ask("apple.com").original("17.178.96.59", 443)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:7,   443, ^\\[2001:db8::7\\]:443$",
        "::ffff:17.178.96.59,    443, ^17\\.178\\.96\\.59:443$",
        "FE80::1:0:0:A,          8443, ^\\[fe80::1:0:0:a\\]:8443$",
    })
    void addresses_are_written_in_the_form_of_rfc_5952(String ip, int port, String expression) {
        assertThat(matches(expression, Rules.ask("a.example").original(ip, port)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=a)(a+)+\\1!", "(a|aa)+\\1!", "(?!b)a*a*a*a*a*a*[!]"})
    void a_runaway_expression_is_stopped_and_not_taken_for_an_answer(String expression) {
        Request request = Rules.ask("a".repeat(60) + "." + "a".repeat(60)).request();
        RegexPattern runaway = RegexPattern.parse("~" + expression);
        assertThatThrownBy(() ->
                        runaway.matches(new Subject(request, request.name().get())))
                .isInstanceOf(RegexPattern.OutOfSteps.class);
    }

    @Test
    void an_expression_that_needs_too_deep_a_stack_is_stopped_too() throws InterruptedException {
        String deep = "(?=a)" + "(".repeat(100) + "a|b" + "|c)".repeat(100) + "*\\.";
        RegexPattern pattern = RegexPattern.parse("~" + deep); // here, since compiling it needs a deep stack too
        Request request = Rules.ask("ab".repeat(30) + ".example").request();
        Subject subject = new Subject(request, request.name().get());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread shallow = new Thread(null, () -> pattern.matches(subject), "shallow", 200_000);
        shallow.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        shallow.start();
        shallow.join();
        assertThat(thrown.get()).isInstanceOf(RegexPattern.OutOfSteps.class);
        assertThat(matches(deep, Rules.ask("ab.example"))).isTrue();
    }

    @Test
    void linear_time_expressions_run_without_a_budget() {
        assertThat(matches("^(([a-z])+.)+[A-Z]([a-z])+$", Rules.ask("a".repeat(63) + "." + "a".repeat(63))))
                .isFalse();
    }

    static List<List<String>> mistakes() {
        return List.of(
                List.of("~", "no expression", "write \"**\""),
                List.of("~  ", "no expression", "write \"**\""),
                List.of("~(a", "no regular expression: Unclosed group", "write one"),
                List.of("~[z-a]", "no regular expression: Illegal character range", "at character 5"),
                List.of("~*.example.com", "no regular expression: Dangling meta character '*'", "at character 2"),
                List.of("~((a{1000}){1000}){1000}", "too large", "split it"),
                List.of("~((a{9}){99}){999}", "too large", "split it"),
                List.of("~(?=a)(){2000000000}", "too large", "split it"),
                List.of("~" + "(" + "a".repeat(50) + "){500}", "too large", "split it"),
                List.of("~[a-z.]{1000}", "too large", "split it"),
                List.of("~" + "a".repeat(1001), "too large", "split it"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_answered_with_the_pattern_the_problem_and_the_mend(List<String> mistake) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegexPattern.parse(mistake.get(0)))
                .withMessageStartingWith("pattern \"" + mistake.get(0) + "\": ")
                .withMessageContaining(mistake.get(1))
                .withMessageContaining(mistake.get(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[a-z]{1,63}\\.[a-z]{1,63}\\.[a-z]{2,63}:", "(\\d{1,3}\\.){3}\\d{1,3}:443", "x{2}(y{3}){4,}"})
    void counts_that_do_not_nest_do_not_multiply(String expression) {
        assertThat(RegexShape.of(expression).repeats()).isLessThanOrEqualTo(63);
        RegexPattern.parse("~" + expression);
    }

    private static boolean matches(String expression, RequestDraft draft) {
        Request request = draft.request();
        return RegexPattern.parse("~" + expression)
                .matches(new Subject(request, request.name().get()));
    }
}
