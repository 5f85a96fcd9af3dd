package io.peekgate.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed together: the last first, each whatever comes of the others. */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    public <T extends AutoCloseable> T add(T item) {
        open.push(item);
        return item;
    }

    @Override
    public void close() throws Exception {
        if (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try (Closer others = this) {
                last.close();
            }
        }
    }
}
