package io.peekgate.server;

import io.peekgate.model.LiveSession;
import io.peekgate.model.SessionReport.Times;

/** How long each stage of one session took; the one that it ended in counts up to its end. */
final class Stopwatch {
    /** What is timed, in this order. */
    enum Stage {
        ADMIT,
        PEEK,
        DNS,
        CONNECT,
        RELAY
    }

    private static final long NEVER = -1;

    private final long start = System.nanoTime();
    private Stage stage = Stage.ADMIT;
    private long entered = start;
    private long peek = NEVER;
    private long dns = NEVER;
    private long connect = NEVER;

    /** When the session began, as {@link System#nanoTime()}. */
    long start() {
        return start;
    }

    /** Ends the stage before and begins this one. */
    void enter(Stage next) {
        long now = System.nanoTime();
        long took = now - entered;
        switch (stage) {
            case PEEK -> peek = took;
            case DNS -> dns = took;
            case CONNECT -> connect = took;
            case ADMIT, RELAY -> {}
        }
        stage = next;
        entered = now;
    }

    /** What it is at; where nothing has begun, the peek is next. */
    LiveSession.Phase phase() {
        return switch (stage) {
            case ADMIT, PEEK -> LiveSession.Phase.PEEK;
            case DNS -> LiveSession.Phase.DNS;
            case CONNECT -> LiveSession.Phase.CONNECT;
            case RELAY -> LiveSession.Phase.RELAY;
        };
    }

    /** As if the stage that it is at ended now. */
    Times times() {
        long now = System.nanoTime();
        long took = now - entered;
        return new Times(
                stage == Stage.PEEK ? took : peek,
                stage == Stage.DNS ? took : dns,
                stage == Stage.CONNECT ? took : connect,
                now - start);
    }
}
