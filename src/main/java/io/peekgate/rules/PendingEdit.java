package io.peekgate.rules;

import io.peekgate.config.StoredRules;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** An edit that waits for its turn, and what became of it. Touched by who has the store's turn, until it is done. */
final class PendingEdit<T> {
    private final Function<Draft, T> edit;
    private final Semaphore news = new Semaphore(0);
    private T value;
    private RuntimeException failure;
    private volatile boolean done;

    PendingEdit(Function<Draft, T> edit) {
        this.edit = edit;
    }

    /** What it makes of the rules; the same object if it fails. */
    StoredRules apply(StoredRules rules, String origin) {
        Draft draft = new Draft(rules, origin);
        failure = null;
        try {
            value = edit.apply(draft);
            return draft.finished();
        } catch (RuntimeException e) {
            failure = e;
            return rules;
        }
    }

    /** What was applied counts. */
    void succeed() {
        done = true;
        wake();
    }

    /** Unless it is done: to let go of the file may fail after all was stored. */
    void fail(RuntimeException e) {
        if (!done) {
            failure = e;
            done = true;
            wake();
        }
    }

    /** Until it is done, or the turn is free. */
    void await() {
        news.acquireUninterruptibly();
    }

    void wake() {
        news.release();
    }

    boolean isDone() {
        return done;
    }

    T result() {
        if (failure != null) {
            throw failure;
        }
        return value;
    }
}
