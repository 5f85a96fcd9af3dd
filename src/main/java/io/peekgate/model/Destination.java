package io.peekgate.model;

/** Which address counts, where the client dialled one itself and our resolver has some for the name it sent. */
public enum Destination {
    /** Ours: a name that a client made up leads nowhere but where our resolver says. */
    RESOLVE,
    /** The client's if it is among ours, else ours. */
    ORIGINAL_IF_RESOLVED,
    /** The client's; the name is for the policy only. */
    ORIGINAL,
    /** The client's if it is among ours; else the connection is refused. */
    STRICT;

    /** Whether it has no meaning where nothing tells what the client dialled. */
    public boolean needsOriginal() {
        return this == ORIGINAL || this == STRICT;
    }
}
