package io.peekgate.server;

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

    /** Ends the last stage too. */
    Times stop() {
        enter(Stage.RELAY);
        return new Times(peek, dns, connect, entered - start);
    }
}
