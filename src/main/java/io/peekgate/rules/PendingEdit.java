package io.peekgate.rules;

import io.peekgate.config.StoredRules;
import java.util.function.Function;

/** An edit that waits for its turn, and what became of it. Touched by who has the store's turn, until it is done. */
final class PendingEdit<T> {
    private final Function<Draft, T> edit;
    private T value;
    private RuntimeException failure;
    private boolean done;

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
    }

    void fail(RuntimeException e) {
        failure = e;
        done = true;
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
