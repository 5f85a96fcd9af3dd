package io.peekgate.intercept;

import java.util.Locale;

/** Where the gateway stands, as its clients see it. */
public enum Mode {
    /** Clients route through this host; what is forwarded is redirected. */
    GATEWAY,
    /** Clients are processes of this host, or of this pod; what they send is redirected. */
    SIDECAR,
    /** As {@link #GATEWAY}, but packets keep their destination (the kernel's TPROXY). */
    TPROXY;

    /** The word on the command line, and in the rules. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
