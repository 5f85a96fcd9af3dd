package io.peekgate.relay;

import java.util.ArrayDeque;

/**
 * The pipes of one event loop. A direction borrows one only while bytes are in flight, so that a few serve thousands of
 * pairs: unprivileged users get about a thousand pipes in all. Not safe for use by other threads.
 */
final class PipePool implements AutoCloseable {
    private static final int KEPT = 32;

    private final ArrayDeque<Pipe> free = new ArrayDeque<>();
    private final int most;
    private int lent;

    /**
     * @param most how many may be lent at once
     */
    PipePool(int most) {
        this.most = most;
    }

    /** An empty pipe, or null if none is to be had now: then bytes are to be copied. */
    Pipe lend() {
        Pipe pipe = free.pollFirst();
        if (pipe == null && lent < most) {
            pipe = Pipe.open();
        }
        if (pipe != null) {
            lent++;
        }
        return pipe;
    }

    /** Takes a pipe back; one that still holds bytes is of no use to anybody and is closed. */
    void giveBack(Pipe pipe) {
        lent--;
        if (pipe.isEmpty() && free.size() < KEPT) {
            free.addFirst(pipe);
        } else {
            pipe.close();
        }
    }

    /** How many are lent now. */
    int lent() {
        return lent;
    }

    @Override
    public void close() {
        free.forEach(Pipe::close);
        free.clear();
    }
}
