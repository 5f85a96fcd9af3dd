package io.peekgate.peek;

import io.peekgate.model.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What clients are told that speak another protocol than TLS, in that protocol. Nothing they sent comes back. */
final class Answer {
    /** No acceptable methods (RFC 1928 section 3). */
    static final byte[] SOCKS5 = {5, (byte) 0xff};

    /** Request rejected, then a port and an address that mean nothing. */
    static final byte[] SOCKS4 = {0, 0x5b, 0, 0, 0, 0, 0, 0};

    private static final Map<CloseReason, byte[]> HTTP = Stream.of(
                    CloseReason.HTTP_CONNECT, CloseReason.HTTP_ABSOLUTE, CloseReason.HTTP_PLAIN)
            .collect(Collectors.toMap(Function.identity(), Answer::response));

    private Answer() {}

    /**
     * A whole HTTP/1.1 response.
     *
     * @param reason one of the three HTTP mistakes
     */
    static byte[] http(CloseReason reason) {
        return HTTP.get(reason);
    }

    /** The advice is the reason phrase too, since {@code curl -v} shows nothing else of a failed CONNECT. */
    private static byte[] response(CloseReason reason) {
        String body = reason.sentence() + "\n" + reason.advice() + "\n";
        String head = String.join(
                "\r\n",
                "HTTP/1.1 " + status(reason) + " " + reason.advice(),
                "Content-Type: text/plain; charset=utf-8",
                "Content-Length: " + body.length(),
                "Connection: close",
                "X-Peekgate-Reason: " + reason.code(),
                "\r\n");
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Misdirected Request (RFC 9110 section 15.5.20) for those who take us for a proxy, which we are not. */
    private static int status(CloseReason reason) {
        return reason == CloseReason.HTTP_PLAIN ? 400 : 421;
    }
}
