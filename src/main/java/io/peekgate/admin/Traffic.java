package io.peekgate.admin;

import io.peekgate.report.RecentSessions;
import io.peekgate.report.SessionObserver;
import io.peekgate.report.Tally;
import java.time.Duration;
import java.util.List;

/** What is remembered of connections for those who ask later. */
public final class Traffic {
    /** How often {@link #sample} is to be called. */
    public static final Duration INTERVAL = History.INTERVAL;

    private final RecentSessions recent;
    private final Tally tally = new Tally();
    private final History history = new History(tally);

    /** @param recent how many connections that are over are remembered; 0 for none */
    public Traffic(int recent) {
        this.recent = new RecentSessions(recent);
    }

    /** What must hear of every connection. */
    public List<SessionObserver> observers() {
        return recent.capacity() == 0 ? List.of(tally) : List.of(tally, recent);
    }

    /** Takes down what was counted since the last time. */
    public void sample() {
        history.sample();
    }

    RecentSessions recent() {
        return recent;
    }

    Tally tally() {
        return tally;
    }

    History history() {
        return history;
    }
}
