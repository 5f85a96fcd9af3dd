package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.1 request (RFC 9112 sections 2 and 3), as far as it tells what was meant.
 *
 * @param method of the request
 * @param target of the request; empty if it did not come
 * @param host the value of the Host header; empty if there is none
 */
record HttpHead(String method, String target, String host) {
    private static final int MAX_HEAD = 4096;
    private static final int SHOWN = 255;
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final String HOST = "host:";

    /** Scheme and authority of a URL, without user and password, which are nobody's business. */
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^/?#]*).*", Pattern.DOTALL);

    /**
     * The head, if it has ended, has grown too long, or will never end.
     *
     * @param bytes from the first of the connection, which begin with a method and a space
     * @param ended whether no more will come
     * @return empty if more bytes are needed
     */
    static Optional<HttpHead> of(ByteBuf bytes, boolean ended) {
        int start = bytes.readerIndex();
        int limit = start + Math.min(bytes.readableBytes(), MAX_HEAD);
        int end = emptyLine(bytes, start, limit);
        if (end < 0 && !ended && limit - start < MAX_HEAD) {
            return Optional.empty();
        }
        int length = (end < 0 ? limit : end) - start;
        return Optional.of(parse(bytes.toString(start, length, StandardCharsets.ISO_8859_1)));
    }

    /** What the client took us for: a proxy, if its request names more than a path. */
    CloseReason mistake() {
        if (method.equals("CONNECT")) {
            return CloseReason.HTTP_CONNECT;
        }
        return URL.matcher(target).matches() ? CloseReason.HTTP_ABSOLUTE : CloseReason.HTTP_PLAIN;
    }

    /** Method and host, printable; never a path, a query or a password. */
    String meant() {
        String where = switch (mistake()) {
            case HTTP_CONNECT -> target;
            case HTTP_ABSOLUTE -> URL.matcher(target).replaceFirst("$1$2");
            default -> host;
        };
        return Printable.of((method + " " + where).strip(), SHOWN);
    }

    private static int emptyLine(ByteBuf bytes, int start, int limit) {
        int lf = bytes.indexOf(start, limit, LF);
        while (lf >= 0 && !isEmptyLine(bytes, lf + 1, limit)) {
            lf = bytes.indexOf(lf + 1, limit, LF);
        }
        return lf;
    }

    private static boolean isEmptyLine(ByteBuf bytes, int at, int limit) {
        if (at < limit && bytes.getByte(at) == LF) {
            return true;
        }
        return at + 1 < limit && bytes.getByte(at) == CR && bytes.getByte(at + 1) == LF;
    }

    private static HttpHead parse(String head) {
        String[] request = head.lines().findFirst().orElse("").split(" ", 3);
        String host = head.lines()
                .filter(line -> line.regionMatches(true, 0, HOST, 0, HOST.length()))
                .map(line -> line.substring(HOST.length()).strip())
                .findFirst()
                .orElse("");
        return new HttpHead(request[0], request[1], host);
    }
}
