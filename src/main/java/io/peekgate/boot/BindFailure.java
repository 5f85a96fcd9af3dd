package io.peekgate.boot;

import io.netty.channel.ChannelException;
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
                        + cause.getMessage() + hint(listener, cause),
                cause);
        String text = text(cause);
        inUse = cause instanceof IOException && text.contains("in use");
        forbidden = (cause instanceof IOException && text.contains("permission")) || isTransparencyDenied(cause);
    }

    private static String hint(ListenerConfig listener, Exception cause) {
        return listener.capture() == ListenerConfig.Capture.TPROXY && isTransparencyDenied(cause)
                ? "; capture = tproxy takes the right CAP_NET_ADMIN"
                : "";
    }

    /** Netty has no exception of its own for a socket option that was denied. */
    private static boolean isTransparencyDenied(Exception cause) {
        return cause instanceof ChannelException && text(cause).contains("not permitted");
    }

    private static String text(Exception cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
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
