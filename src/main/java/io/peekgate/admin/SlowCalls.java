package io.peekgate.admin;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Calls that may take seconds, since they ask DNS or read all that is configured. Only so many at once, that workers are
 * left for all others.
 */
final class SlowCalls {
    /** Of the workers, which are four. */
    private static final int MOST = 2;

    private final Semaphore free = new Semaphore(MOST);

    /** Makes this one, or says at once that there are too many. */
    Answer make(Callable<Answer> call) throws Exception {
        if (!free.tryAcquire()) {
            return Problem.busy("others wait for DNS or for a reload already, and no more than " + MOST
                    + " may at once; try again when they are done");
        }
        try {
            return call.call();
        } finally {
            free.release();
        }
    }
}
