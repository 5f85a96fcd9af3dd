package io.peekgate.boot;

import io.peekgate.config.ListenerConfig;
import io.peekgate.net.Addresses;
import java.io.IOException;
import java.util.Locale;

/** A listener's address cannot be had. */
public final class BindFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean inUse;
    private final boolean forbidden;

    BindFailure(ListenerConfig listener, Exception cause) {
        super(
                "listener " + listener.name() + " cannot bind " + Addresses.text(listener.bind()) + ": "
                        + cause.getMessage(),
                cause);
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        inUse = cause instanceof IOException && text.contains("in use");
        forbidden = cause instanceof IOException && text.contains("permission");
    }

    /** Another process has the address. */
    public boolean isInUse() {
        return inUse;
    }

    /** This user may not have the address. */
    public boolean isForbidden() {
        return forbidden;
    }
}
