package io.peekgate.admin;

/** Answers HTTP requests, on the thread that the server was given for that. */
@FunctionalInterface
public interface Route {
    /** Answers this one; what throws is answered as 500. */
    Answer answer(Ask request);
}
