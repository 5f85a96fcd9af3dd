package io.peekgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void printable_ascii_stays() {
        String text = " !\"#AZaz09~";

        assertThat(Printable.of(text, 100)).isEqualTo(text);
    }

    @Test
    void everything_else_is_escaped_and_the_escape_too() {
        assertThat(Printable.of("\0\t\n\u001b\u007f\u00ff\\", 100)).isEqualTo("\\x00\\x09\\x0a\\x1b\\x7f\\xff\\\\");
        assertThat(Printable.of("\u202e\ud83d", 100)).isEqualTo("\\u202e\\ud83d");
    }

    @Test
    void no_character_comes_out_unprintable() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            assertThat(Printable.of(Character.toString(c), 1)).matches("[ -~]{1,6}");
        }
    }

    @Test
    void a_long_text_is_cut_visibly_and_one_of_the_limit_is_not() {
        assertThat(Printable.of("abcd", 3)).isEqualTo("abc...");
        assertThat(Printable.of("abc", 3)).isEqualTo("abc");
        assertThat(Printable.of("\n\n", 1)).isEqualTo("\\x0a...");
        assertThat(Printable.of("", 0)).isEmpty();
    }
}
