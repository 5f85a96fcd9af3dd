package io.peekgate.report;

import io.peekgate.model.SessionReport;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one. */
final class Observers implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<SessionObserver> observers;

    Observers(List<SessionObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    @Override
    public void opened(String listener) {
        each(observer -> observer.opened(listener));
    }

    @Override
    public void dialling(String listener) {
        each(observer -> observer.dialling(listener));
    }

    @Override
    public void relaying(String listener) {
        each(observer -> observer.relaying(listener));
    }

    @Override
    public void closed(SessionReport report) {
        each(observer -> observer.closed(report));
    }

    private void each(Consumer<SessionObserver> event) {
        for (SessionObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException e) {
                LOG.error("An observer of connections failed", e);
            }
        }
    }
}
