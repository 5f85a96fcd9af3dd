package io.peekgate.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternIndexTest {
    private static final String[] LABELS = {"a", "b", "aa", "com", "x-y"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_index_finds_exactly_what_a_naive_matcher_finds(long seed) {
        Random random = new Random(seed);
        List<String> patterns = new ArrayList<>();
        PatternIndex index = new PatternIndex();
        for (int ordinal = 0; ordinal < 300; ordinal++) {
            patterns.add(randomPattern(random));
            index.add(HostPattern.parse(patterns.get(ordinal)), ordinal);
        }
        for (int i = 0; i < 200; i++) {
            String name = randomName(random);
            List<Integer> expected = new ArrayList<>();
            for (int ordinal = 0; ordinal < patterns.size(); ordinal++) {
                if (naivelyMatches(patterns.get(ordinal), name)) {
                    expected.add(ordinal);
                }
            }
            assertThat(all(index.find(name))).as(name).isEqualTo(expected);
        }
    }

    @Test
    void a_name_of_several_rules_gives_all_of_them_in_order() {
        PatternIndex index = new PatternIndex();
        for (int ordinal : new int[] {9, 3, 7, 3}) {
            index.add(HostPattern.parse("shop.example"), ordinal);
        }
        assertThat(all(index.find("shop.example"))).containsExactly(3, 3, 7, 9);
    }

    @Test
    void every_one_of_many_patterns_is_found_alone() {
        PatternIndex index = new PatternIndex();
        int count = 40_000;
        for (int ordinal = 0; ordinal < count; ordinal += 4) {
            index.add(HostPattern.parse("host" + ordinal + ".example"), ordinal);
            index.add(HostPattern.parse(".host" + (ordinal + 1) + ".example"), ordinal + 1);
            index.add(HostPattern.parse("**.host" + (ordinal + 2) + ".example"), ordinal + 2);
            index.add(HostPattern.parse("*.host" + (ordinal + 3) + ".example"), ordinal + 3);
        }
        for (int ordinal = 0; ordinal < count; ordinal++) {
            String name = (ordinal % 4 == 0 ? "" : "www.") + "host" + ordinal + ".example";
            assertThat(all(index.find(name))).as(name).containsExactly(ordinal);
        }
        assertThat(all(index.find("host1.example.org"))).isEmpty();
    }

    private static String randomPattern(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "." + randomName(random);
            case 1 -> "**." + randomName(random);
            case 2 -> randomName(random);
            default -> withStars(randomName(random), random);
        };
    }

    private static String withStars(String name, Random random) {
        String[] labels = name.split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(3) == 0 ? "*" : labels[i];
        }
        return String.join(".", labels);
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder(LABELS[random.nextInt(LABELS.length)]);
        for (int more = random.nextInt(4); more > 0; more--) {
            name.append('.').append(LABELS[random.nextInt(LABELS.length)]);
        }
        return name.toString();
    }

    private static boolean naivelyMatches(String pattern, String name) {
        if (pattern.startsWith("**.")) {
            return name.endsWith(pattern.substring(2));
        }
        if (pattern.startsWith(".")) {
            return name.endsWith(pattern) || name.equals(pattern.substring(1));
        }
        String[] wanted = pattern.split("\\.", -1);
        String[] labels = name.split("\\.", -1);
        boolean matches = wanted.length == labels.length;
        for (int i = 0; matches && i < labels.length; i++) {
            matches = wanted[i].equals("*") || wanted[i].equals(labels[i]);
        }
        return matches;
    }

    private static List<Integer> all(Ordinals found) {
        List<Integer> all = new ArrayList<>();
        for (int place = 0; found.at(place) != Ordinals.END; place++) {
            all.add(found.at(place));
        }
        return all;
    }
}
