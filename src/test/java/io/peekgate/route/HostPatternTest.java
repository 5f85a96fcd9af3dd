package io.peekgate.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peekgate.model.ServerName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostPatternTest {
    @ParameterizedTest
    @CsvSource({
        "example.com,        example.com,         true",
        "example.com,        www.example.com,     false",
        "example.com,        example.com.evil.net, false",
        "example.com,        notexample.com,      false",
        "*.example.com,      www.example.com,     true",
        "*.example.com,      example.com,         false",
        "*.example.com,      a.b.example.com,     false",
        "*.*.example.com,    a.b.example.com,     true",
        "*.*.example.com,    b.example.com,       false",
        "*.*.example.com,    example.com,         false",
        "*.*.example.com,    a.b.c.example.com,   false",
        "a.*.example.com,    a.b.example.com,     true",
        "a.*.example.com,    a.example.com,       false",
        "a.*.example.com,    b.b.example.com,     false",
        "www.example.*,      www.example.org,     true",
        "www.example.*,      www.example.co.uk,   false",
        "*.example.*,        www.example.net,     true",
        "*,                  localhost,           true",
        "*,                  example.com,         false",
        "*.*,                example.com,         true",
        "*.*,                localhost,           false",
        ".example.com,       example.com,         true",
        ".example.com,       www.example.com,     true",
        ".example.com,       a.b.c.example.com,   true",
        ".example.com,       badexample.com,      false",
        ".example.com,       com,                 false",
        "**.example.com,     www.example.com,     true",
        "**.example.com,     a.b.c.example.com,   true",
        "**.example.com,     example.com,         false",
        "**.example.com,     badexample.com,      false",
        "**,                 localhost,           true",
        "**,                 a.b.c.example.com,   true",
    })
    void a_pattern_matches_whole_labels_only(String pattern, String name, boolean matches) {
        assertThat(matches(pattern, name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.COM,          example.com",
        "*.Example.COM,        www.EXAMPLE.com",
        ".Example.COM,         WWW.example.com",
        "b\u00fccher.example,      xn--bcher-kva.example",
        "*.B\u00dcCHER.example,    www.xn--bcher-kva.example",
        "**.b\u00fccher.example,   www.xn--bcher-kva.example",
        ".b\u00fccher.example,     XN--BCHER-KVA.example",
        "_dmarc.example.com,   _dmarc.example.com",
    })
    void patterns_and_names_meet_in_one_canonical_form(String pattern, String name) {
        assertThat(matches(pattern, name)).isTrue();
    }

    static List<List<String>> mistakes() {
        return List.of(
                List.of("", "it is empty", "\"**\""),
                List.of("a b.com", "white space", "one name"),
                List.of(" example.com", "white space", "one name"),
                List.of("10.0.0.7", "is an address", "ip:port"),
                List.of("10.0.0.7:443", "is an address", "ip:port"),
                List.of("10.0.0.0/8", "is an address", "sources"),
                List.of("192.168.*.*", "is an address", "sources"),
                List.of("**.7", "is an address", "sources"),
                List.of("2001:db8::7", "is an address", "ip:port"),
                List.of("[2001:db8::7]:443", "is an address", "ip:port"),
                List.of("https://example.com/", "slash", "host name alone"),
                List.of("^example\\.com$", "regular expression", "write \"~^example\\.com$\""),
                List.of("example.com:443", "has a port", "write \"example.com\" and ports = [443]"),
                List.of("example.com.", "ends with a dot", "write \"example.com\""),
                List.of("*.example.com.", "ends with a dot", "write \"*.example.com\""),
                List.of(".*.example.com", "mixes stars", "\"*\" for each label"),
                List.of("**.*.example.com", "mixes stars", "\"*\" for each label"),
                List.of("a.**.example.com", "\"**\" is not at its beginning", "\"**.\" in front"),
                List.of("***", "whole label", "write"),
                List.of("a*b.com", "whole label", "write \"~^a[^.]*b\\.com:\""),
                List.of("*example.com", "whole label", "write \"~^[^.]*example\\.com:\""),
                List.of("a..com", "an empty label", "www.example.com"),
                List.of(".", "ends with a dot", "write"),
                List.of("-a.com", "a hyphen at an end", "www.example.com"),
                List.of("*.exam!ple.com", "character that no host name has", "www.example.com"),
                List.of("a".repeat(64) + ".com", "a label of 64 characters", "www.example.com"),
                List.of("fa\u00df.example", "no certain ASCII form", "xn--"),
                List.of("\ud83d\ude00.example", "no certain ASCII form", "xn--"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_answered_with_the_pattern_the_problem_and_the_mend(List<String> mistake) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPattern.parse(mistake.get(0)))
                .withMessageStartingWith("pattern \"" + mistake.get(0) + "\": ")
                .withMessageContaining(mistake.get(1))
                .withMessageMatching("(?s).*; .*write .*")
                .withMessageContaining(mistake.get(2));
    }

    @Test
    void control_characters_of_a_pattern_do_not_reach_the_message() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPattern.parse("a\u001b[2J\n.com"))
                .withMessageStartingWith("pattern \"a?[2J?.com\": ");
    }

    private static boolean matches(String pattern, String name) {
        PatternIndex index = new PatternIndex();
        index.add(HostPattern.parse(pattern), 5);
        return index.find(ServerName.of(name).value()).contains(5);
    }
}
