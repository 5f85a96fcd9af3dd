package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.SessionReport;
import io.peekgate.report.RecentSessions.Batch;
import io.peekgate.report.RecentSessions.Numbered;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentSessionsTest {
    private final RecentSessions recent = new RecentSessions(4);

    private void close(int from, int to) {
        IntStream.rangeClosed(from, to).mapToObj(Reports::numbered).forEach(recent::closed);
    }

    private static List<String> ids(Batch batch) {
        return batch.sessions().stream()
                .map(Numbered::report)
                .map(SessionReport::id)
                .toList();
    }

    @Test
    void it_keeps_the_last_and_tells_the_newest_first() {
        assertThat(recent.newestFirst()).isEmpty();
        close(1, 3);
        assertThat(recent.newestFirst()).extracting(SessionReport::id).containsExactly("3", "2", "1");
        close(4, 6);
        assertThat(recent.newestFirst()).extracting(SessionReport::id).containsExactly("6", "5", "4", "3");
    }

    @Test
    void who_follows_gets_each_once_and_in_order() {
        long from = recent.next();
        close(1, 3);
        Batch first = recent.from(from, 2);
        assertThat(ids(first)).containsExactly("1", "2");
        assertThat(first.missed()).isZero();
        Batch second = recent.from(first.next(), 100);
        assertThat(ids(second)).containsExactly("3");
        assertThat(recent.from(second.next(), 100).sessions()).isEmpty();
        assertThat(second.next()).isEqualTo(recent.next());
    }

    @Test
    void who_comes_late_is_told_how_many_are_gone() {
        long from = recent.next();
        close(1, 10);
        Batch batch = recent.from(from, 100);
        assertThat(ids(batch)).containsExactly("7", "8", "9", "10");
        assertThat(batch.missed()).isEqualTo(6);
    }

    @Test
    void a_number_of_an_earlier_run_stands_for_the_first_of_this() {
        close(1, 2);
        Batch batch = recent.from(17, 100);
        assertThat(ids(batch)).containsExactly("1", "2");
        assertThat(batch.missed()).isZero();
    }

    @Test
    void with_no_room_there_is_nothing() {
        RecentSessions none = new RecentSessions(0);
        assertThat(none.newestFirst()).isEmpty();
        assertThat(none.from(none.next(), 10).sessions()).isEmpty();
    }

    @Test
    void beside_many_writers_a_reader_gets_each_or_is_told_that_it_missed_it() {
        RecentSessions shared = new RecentSessions(64);
        long first = shared.next();
        SessionReport report = Reports.numbered(1);
        int each = 200_000;
        long all = 4L * each;
        CompletableFuture<?> writers = CompletableFuture.allOf(IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, each).forEach(i -> shared.closed(report))))
                .toArray(CompletableFuture[]::new));
        long position = first;
        long accounted = 0;
        boolean last;
        do {
            last = writers.isDone();
            Batch batch = shared.from(position, 1_000);
            assertThat(batch.sessions()).extracting(Numbered::number).isSorted().doesNotHaveDuplicates();
            assertThat(batch.sessions()).allMatch(session -> session.number() < batch.next());
            accounted += batch.sessions().size() + batch.missed();
            position = batch.next();
            assertThat(position).isEqualTo(first + accounted);
        } while (!last);
        writers.join();
        assertThat(accounted).isEqualTo(all);
    }
}
