package io.peekgate.intercept;

import java.util.List;

/**
 * One step of shell, which can be run again without harm.
 *
 * @param title for people
 * @param parts what is there once it is done; none where there is nothing to look for
 * @param run the shell that does it, and leaves alone what is done already
 */
record Step(String title, List<Part> parts, String run) {
    /**
     * @param name for people
     * @param test the shell that succeeds if it is there
     */
    record Part(String name, String test) {}

    /** Something that is done only if it is not there. */
    static Step unlessThere(String title, Part part, String run) {
        return new Step(title, List.of(part), part.test() + " ||\n  " + run);
    }
}
