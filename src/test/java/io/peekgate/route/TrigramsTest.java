package io.peekgate.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrigramsTest {
    private static final String NAME = "www.some-shop.example.com:443";

    @Test
    void a_text_has_those_of_each_of_its_parts() {
        for (int from = 0; from <= NAME.length(); from++) {
            for (int to = from; to <= NAME.length(); to++) {
                long part = Trigrams.of(NAME.substring(from, to));
                assertThat(Trigrams.of(NAME) & part).isEqualTo(part);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab"})
    void what_is_shorter_has_none(String text) {
        assertThat(Trigrams.of(text)).isZero();
    }

    @Test
    void nearly_all_texts_that_it_does_not_contain_lack_one() {
        Random random = new Random(5);
        long strangers = IntStream.range(0, 10_000)
                .mapToLong(i -> Trigrams.of("tracker" + random.nextInt(1_000_000)))
                .filter(wanted -> (Trigrams.of(NAME) & wanted) == wanted)
                .count();
        assertThat(strangers).isLessThan(1_000);
    }
}
