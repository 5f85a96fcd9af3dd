package io.peekgate.server;

import io.peekgate.model.SessionReport.Times;

/** How long each stage of one session took. */
final class Stopwatch {
    private static final long NEVER = -1;

    private final long start = System.nanoTime();
    private long lap = start;
    private long peek = NEVER;
    private long dns = NEVER;
    private long connect = NEVER;

    /** When the session began, as {@link System#nanoTime()}. */
    long start() {
        return start;
    }

    void peeked() {
        peek = lap();
    }

    void resolved() {
        dns = lap();
    }

    void connected() {
        connect = lap();
    }

    Times times() {
        return new Times(peek, dns, connect, System.nanoTime() - start);
    }

    private long lap() {
        long now = System.nanoTime();
        long took = now - lap;
        lap = now;
        return took;
    }
}
