package io.peekgate.admin;

/** An answer without an end: what is new is fetched when there is room for it, so a slow reader costs no memory. */
@FunctionalInterface
interface Feed {
    /** What there is to tell since the last time; empty if nothing. Called by one thread, some times a second. */
    String next();
}
