package io.peekgate.intercept;

import java.util.Optional;
import java.util.function.IntPredicate;

/** The machine that is asked and changed. */
public interface Host {
    /**
     * What came of a command.
     *
     * @param output of both streams
     */
    record Result(int exit, String output) {
        public boolean isFine() {
            return exit == 0;
        }
    }

    /** Runs a piece of shell to its end, within 20 s; without standard input. */
    Result sh(String script);

    /**
     * Connects over TCP and says nothing.
     *
     * @param look is asked while the connection is open, with its local port; it is not where there is none, nor where
     *     the other side ends it at once
     * @return what it says; false if it is not asked
     */
    boolean whileConnected(String address, int port, IntPredicate look);

    /** A file's text; empty if it is not there, or not to be read. */
    Optional<String> read(String file);
}
