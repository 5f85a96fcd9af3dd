package io.peekgate.admin;

import io.peekgate.model.SessionReport;
import io.peekgate.report.Format;
import io.peekgate.report.RecentSessions;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The connections that end, as server-sent events. It keeps nothing but its place in the ring: what a slow reader, or the
 * rate that it asked for, leaves out is counted and told.
 */
final class LogFeed implements Feed {
    static final int MOST_PER_SECOND = 10_000;

    private static final int MOST_AT_ONCE = 2_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(15);

    private final RecentSessions recent;
    private final Predicate<SessionReport> wanted;
    private final Format format;
    private final int perSecond;
    private final LongSupplier clock;
    private long position;
    private long second;
    private int told;
    private long lastNews;

    /**
     * @param from the number of the first connection
     * @param format of what is told of each
     * @param perSecond at most so many are told of
     * @param clock in nanoseconds
     */
    LogFeed(
            RecentSessions recent,
            long from,
            Predicate<SessionReport> wanted,
            Format format,
            int perSecond,
            LongSupplier clock) {
        this.recent = recent;
        this.position = from;
        this.wanted = wanted;
        this.format = format;
        this.perSecond = perSecond;
        this.clock = clock;
        this.second = clock.getAsLong();
        this.lastNews = second;
    }

    @Override
    public String next() {
        long now = clock.getAsLong();
        if (now - second >= SECOND) {
            second = now;
            told = 0;
        }
        StringBuilder news = new StringBuilder();
        long skipped = tell(news);
        if (skipped > 0) {
            news.append("event: skipped\ndata: {\"count\":").append(skipped).append("}\n\n");
        }
        if (news.isEmpty() && now - lastNews >= SILENCE) {
            news.append(":\n\n"); // so that whoever stands between does not take the connection for dead
        }
        lastNews = news.isEmpty() ? lastNews : now;
        return news.toString();
    }

    private long tell(StringBuilder news) {
        RecentSessions.Batch batch = recent.from(position, MOST_AT_ONCE);
        position = batch.next();
        long skipped = batch.missed();
        for (RecentSessions.Numbered session : batch.sessions()) {
            if (!wanted.test(session.report())) {
                continue;
            }
            if (told < perSecond) {
                told++;
                news.append("id: ").append(session.number()).append("\nevent: connection\ndata: ");
                news.append(format.line(session.report())).append("\n\n");
            } else {
                skipped++;
            }
        }
        return skipped;
    }
}
