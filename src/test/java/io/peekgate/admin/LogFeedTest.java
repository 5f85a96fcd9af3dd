package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.report.AccessJson;
import io.peekgate.report.Format;
import io.peekgate.report.RecentSessions;
import io.peekgate.report.Reports;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogFeedTest {
    private final RecentSessions recent = new RecentSessions(100);
    private final AtomicLong clock = new AtomicLong(7);

    private LogFeed feed(int perSecond) {
        return new LogFeed(
                recent, recent.next(), report -> !report.id().equals("13"), Format.JSON, perSecond, clock::get);
    }

    private void close(int count) {
        IntStream.rangeClosed(1, count).mapToObj(Reports::numbered).forEach(recent::closed);
    }

    private void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static long events(String news) {
        return news.lines().filter("event: connection"::equals).count();
    }

    @Test
    void a_connection_is_an_event_with_its_number_and_its_line() {
        LogFeed feed = feed(10);
        long number = recent.next();
        assertThat(feed.next()).isEmpty();
        recent.closed(Reports.passed());
        assertThat(feed.next())
                .isEqualTo("id: " + number + "\nevent: connection\ndata: " + AccessJson.of(Reports.passed()) + "\n\n");
        assertThat(feed.next()).isEmpty();
    }

    @Test
    void what_is_beyond_the_rate_is_counted_and_the_next_second_has_room_again() {
        LogFeed feed = feed(3);
        close(5);
        String news = feed.next();
        assertThat(events(news)).isEqualTo(3);
        assertThat(news).endsWith("\n\nevent: skipped\ndata: {\"count\":2}\n\n");
        passes(Duration.ofMillis(200));
        close(1);
        assertThat(feed.next()).isEqualTo("event: skipped\ndata: {\"count\":1}\n\n");
        passes(Duration.ofMillis(800));
        close(1);
        assertThat(events(feed.next())).isEqualTo(1);
    }

    @Test
    void what_nobody_asked_for_is_neither_told_nor_counted() {
        LogFeed feed = feed(100);
        close(13);
        String news = feed.next();
        assertThat(events(news)).isEqualTo(12);
        assertThat(news).doesNotContain("skipped");
    }

    @Test
    void who_reads_too_slowly_is_told_how_many_are_lost() {
        LogFeed feed = feed(1000);
        close(90);
        close(90);
        String news = feed.next();
        assertThat(news).endsWith("event: skipped\ndata: {\"count\":80}\n\n");
        assertThat(events(news)).isEqualTo(99); // all but the one that is not wanted
    }

    @Test
    void in_silence_a_comment_comes_every_fifteen_seconds() {
        LogFeed feed = feed(10);
        passes(Duration.ofSeconds(14));
        assertThat(feed.next()).isEmpty();
        passes(Duration.ofSeconds(1));
        assertThat(feed.next()).isEqualTo(":\n\n");
        passes(Duration.ofSeconds(14));
        close(1);
        assertThat(events(feed.next())).isEqualTo(1);
        passes(Duration.ofSeconds(14));
        assertThat(feed.next()).isEmpty();
    }
}
