package io.peekgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
    private static final String LABEL_63 = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost",
                "_dns.example.com",
                "a_b.example",
                "xn--mnchen-3ya.example",
                "1.2.3.4.in-addr.arpa",
                "123.example",
                "1a",
                "0xg",
                "a--b.example",
            })
    void a_canonical_name_stays_as_it_is(String name) {
        assertThat(ServerName.of(name).value()).isEqualTo(name);
    }

    @Test
    void letters_become_lower_case() {
        assertThat(ServerName.of("WWW.Example.COM")).hasToString("www.example.com");
    }

    @Test
    void equal_names_are_equal_however_they_were_written() {
        ServerName name = ServerName.of("a.example");

        assertThat(name).isEqualTo(ServerName.of("A.Example")).hasSameHashCodeAs(ServerName.of("A.EXAMPLE"));
        assertThat(name).isNotEqualTo(ServerName.of("b.example")).isNotEqualTo("a.example");
    }

    @Test
    void labels_up_to_63_and_names_up_to_253_are_fine_and_no_more() {
        String longest = String.join(".", LABEL_63, LABEL_63, LABEL_63, "b".repeat(61));

        assertThat(longest).hasSize(253);
        assertThat(ServerName.of(longest).value()).isEqualTo(longest);
        assertThat(refusal(longest + "b").detail()).startsWith("a name of 254 characters: ");
        assertThat(refusal("a" + LABEL_63 + ".example").detail()).startsWith("a label of 64 characters: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "1",
                "example.1",
                "0x7f000001",
                "127.0.0X1",
                "a.0x",
                "::1",
                "[::1]",
                "2001:db8::192.0.2.1",
                "fe80::1%eth0",
                "[FE80::1%25eth0]",
            })
    void an_address_in_any_spelling_is_no_name(String text) {
        assertThat(refusal(text).reason()).isEqualTo(CloseReason.NAME_IS_ADDRESS);
        assertThat(refusal(text).detail()).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "'',              an empty name",
        ".,               an empty label",
        "example.com.,    an empty label",
        ".example.com,    an empty label",
        "a..b,            an empty label",
        "-a.example,      a hyphen at an end of a label",
        "a-.example,      a hyphen at an end of a label",
        "a.-,             a hyphen at an end of a label",
        "a b.example,     a character that no host name has",
        "*.example,       a character that no host name has",
        "a:b,             a character that no host name has",
        "example.com:443, a character that no host name has",
        "x::g,            a character that no host name has",
        "m\u00fcnchen.example, a character that no host name has",
        "\u212aelvin.example,  a character that no host name has",
    })
    void anything_else_is_a_bad_name(String text, String problem) {
        assertThat(refusal(text).reason()).isEqualTo(CloseReason.BAD_NAME);
        assertThat(refusal(text).detail()).startsWith(problem + ": \"");
    }

    @Test
    void a_refusal_shows_the_name_printable_and_cut() {
        assertThat(refusal("a\n\"" + "x".repeat(100)).detail())
                .isEqualTo("a label of 103 characters: \"a\\x0a\"" + "x".repeat(61) + "...\"");
    }

    private static Refusal refusal(String text) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ServerName.of(text));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
