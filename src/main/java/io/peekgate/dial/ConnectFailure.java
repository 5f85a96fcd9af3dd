package io.peekgate.dial;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Printable;
import io.peekgate.model.Refusal;
import io.peekgate.net.Addresses;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why one address could not be connected. */
record ConnectFailure(CloseReason reason, String text) {
    private static final int ERROR_SHOWN = 120;

    /** How Netty's native transports name errno; their exception type tells no more than that connect failed. */
    private static final Pattern ERRNO = Pattern.compile("error\\(-(\\d+)\\)");

    /** The reasons, the most telling first: a refusal comes from the server itself. */
    private static final List<CloseReason> MOST_TELLING =
            List.of(CloseReason.CONNECT_REFUSED, CloseReason.CONNECT_TIMEOUT, CloseReason.CONNECT_UNREACHABLE);

    static ConnectFailure of(InetSocketAddress address, Throwable cause) {
        CloseReason reason = reason(cause);
        String words = switch (reason) {
            case CONNECT_REFUSED -> "refused";
            case CONNECT_TIMEOUT -> "no answer";
            case CONNECT_UNREACHABLE -> "unreachable" + shown(cause);
            default -> "failed" + shown(cause);
        };
        return new ConnectFailure(reason, Addresses.text(address) + ' ' + words);
    }

    /** No answer within the time for all attempts. */
    static ConnectFailure timeout(InetSocketAddress address) {
        return new ConnectFailure(CloseReason.CONNECT_TIMEOUT, Addresses.text(address) + " no answer");
    }

    /** One refusal for all of them. */
    static Refusal refusal(List<ConnectFailure> failures) {
        CloseReason reason = MOST_TELLING.stream()
                .filter(telling -> failures.stream().anyMatch(failure -> failure.reason == telling))
                .findFirst()
                .orElse(CloseReason.INTERNAL);
        return new Refusal(reason, failures.stream().map(ConnectFailure::text).collect(Collectors.joining(", ")));
    }

    private static CloseReason reason(Throwable cause) {
        if (cause instanceof ConnectException) {
            return ofErrno(cause.getMessage());
        }
        return cause instanceof SocketException
                        || cause instanceof UnsupportedAddressTypeException
                        || hasNoFamily(cause)
                ? CloseReason.CONNECT_UNREACHABLE
                : CloseReason.INTERNAL;
    }

    /** EAFNOSUPPORT, where the kernel was told to have no IPv6: it is found out when the socket is made. */
    private static boolean hasNoFamily(Throwable cause) {
        String message = cause.getCause() == null ? null : cause.getCause().getMessage();
        return message != null && message.contains("(-97)");
    }

    /** The system's own words, which Netty wraps to add the address. */
    private static String shown(Throwable cause) {
        String message = (cause.getCause() == null ? cause : cause.getCause()).getMessage();
        return message == null ? "" : " (" + Printable.of(message, ERROR_SHOWN) + ')';
    }

    /** By the numbers of Linux and macOS; java.nio, which tells none, throws this type for a refusal. */
    private static CloseReason ofErrno(String message) {
        Matcher errno = ERRNO.matcher(message);
        return switch (errno.find() ? errno.group(1) : "none") {
            case "none", "111", "61" /* ECONNREFUSED */, "104", "54" /* ECONNRESET */ -> CloseReason.CONNECT_REFUSED;
            case "110", "60" /* ETIMEDOUT */ -> CloseReason.CONNECT_TIMEOUT;
            default -> CloseReason.CONNECT_UNREACHABLE;
        };
    }
}
