package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final long LIFETIME = TimeUnit.SECONDS.toNanos(Recent.SECONDS);
    private static final long START = Long.MAX_VALUE - LIFETIME / 2;

    private final Recent<Integer, String> recent = new Recent<>(START);

    @Test
    void a_note_is_found_for_its_time_though_the_clock_wraps_around() {
        recent.note(1, "one", START);
        assertThat(recent.find(1, START + LIFETIME)).isEqualTo("one");
        assertThat(recent.find(1, START + 2 * LIFETIME)).isNull();
    }

    @Test
    void notes_from_before_a_quiet_time_are_gone_at_once() {
        recent.note(1, "one", START);
        assertThat(recent.find(1, START + 2 * LIFETIME)).isNull();
        assertThat(recent.find(1, START + 2 * LIFETIME)).isNull();
    }

    @Test
    void a_later_note_replaces_an_earlier_one() {
        recent.note(1, "one", START);
        recent.note(1, "uno", START + LIFETIME);
        assertThat(recent.find(1, START + LIFETIME)).isEqualTo("uno");
    }

    @Test
    void only_the_note_itself_is_taken_back() {
        recent.note(1, "one", START);
        recent.forget(1, "uno");
        assertThat(recent.find(1, START + LIFETIME)).isEqualTo("one");
        recent.forget(1, "one");
        assertThat(recent.find(1, START + LIFETIME)).isNull();
    }

    @Test
    void the_last_ones_are_kept_and_no_more_than_two_tables_full() {
        for (int i = 0; i < 10 * Recent.CAPACITY; i++) {
            recent.note(i, "note", START);
        }
        assertThat(found(9 * Recent.CAPACITY, 10 * Recent.CAPACITY)).isEqualTo(Recent.CAPACITY);
        assertThat(found(0, 8 * Recent.CAPACITY)).isZero();
    }

    private long found(int from, int to) {
        return IntStream.range(from, to)
                .filter(i -> recent.find(i, START) != null)
                .count();
    }
}
