package io.peekgate.intercept;

import java.util.Optional;

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

    /** What comes back over TCP within some seconds; empty if nothing does, for whatever reason. */
    String answer(String address, int port, String request);

    /** A file's text; empty if it is not there, or not to be read. */
    Optional<String> read(String file);
}
