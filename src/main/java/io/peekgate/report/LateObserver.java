package io.peekgate.report;

import io.peekgate.model.SessionReport;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Stands for an observer that is still being loaded while connections already come: it remembers what it hears, and
 * hands it on once the other is there. The order of what different loops tell is not kept.
 */
public final class LateObserver implements SessionObserver {
    private final AtomicReference<SessionObserver> arrived = new AtomicReference<>();
    private final Queue<Consumer<SessionObserver>> missed = new ConcurrentLinkedQueue<>();

    /** Hands on what was heard so far, and from now on everything at once. To be called once, from any thread. */
    public void arrive(SessionObserver observer) {
        arrived.set(observer);
        catchUp();
    }

    @Override
    public void opened(String listener) {
        SessionObserver observer = arrived.get();
        if (observer == null) {
            remember(late -> late.opened(listener));
        } else {
            observer.opened(listener);
        }
    }

    @Override
    public void dialling(String listener) {
        SessionObserver observer = arrived.get();
        if (observer == null) {
            remember(late -> late.dialling(listener));
        } else {
            observer.dialling(listener);
        }
    }

    @Override
    public void relaying(String listener) {
        SessionObserver observer = arrived.get();
        if (observer == null) {
            remember(late -> late.relaying(listener));
        } else {
            observer.relaying(listener);
        }
    }

    @Override
    public void closed(SessionReport report) {
        SessionObserver observer = arrived.get();
        if (observer == null) {
            remember(late -> late.closed(report));
        } else {
            observer.closed(report);
        }
    }

    /** The other may arrive between the look and the note: then nobody else would read the note. */
    private void remember(Consumer<SessionObserver> event) {
        missed.add(event);
        if (arrived.get() != null) {
            catchUp();
        }
    }

    private void catchUp() {
        for (Consumer<SessionObserver> event = missed.poll(); event != null; event = missed.poll()) {
            event.accept(arrived.get());
        }
    }
}
