package io.peekgate.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.model.ServerName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, b.example",
        "*.a.example, x.a.example, a.example",
        ".a.example, a.example, b.a.example.org",
        "**.a.example, x.y.a.example, a.example",
        "A.Example, a.example, aa.example"
    })
    void a_pattern_means_what_it_means_in_a_rule(String pattern, String match, String miss) {
        assertThat(NamePattern.of(pattern).matches(ServerName.of(match))).isTrue();
        assertThat(NamePattern.of(pattern).matches(ServerName.of(miss))).isFalse();
    }

    @Test
    void what_is_no_pattern_is_named() {
        assertThatThrownBy(() -> NamePattern.of("a*.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a*.example");
    }
}
