package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Printable;
import io.peekgate.model.Refusal;
import java.nio.charset.StandardCharsets;

/**
 * Tells TLS from what clients send by mistake, and names the mistake and the host that was meant. Waits for more bytes
 * only while these are missing, and within a small bound.
 */
final class Misuse {
    private static final int SHOWN = 16;
    private static final byte[] NO_ANSWER = {};

    private final boolean explain;

    /**
     * @param explain whether refusals carry an answer in the client's own protocol, where it has one
     */
    Misuse(boolean explain) {
        this.explain = explain;
    }

    /**
     * Whether it is TLS; false if more bytes are needed to tell.
     *
     * @param bytes from the first of the connection; left as it is
     * @param ended whether no more bytes will come, so that an unfinished request has to do
     * @throws Refusal what the client meant instead; the reason depends on the byte string alone, but the detail of
     *     {@code NOT_TLS} shows what has come so far
     */
    boolean isTls(ByteBuf bytes, boolean ended) {
        return switch (Protocol.of(bytes)) {
            case UNDECIDED -> false;
            case TLS -> true;
            case HTTP -> http(bytes, ended);
            case HTTP2 -> throw http(CloseReason.HTTP_PLAIN, "HTTP/2 preface");
            case SOCKS4 -> socks4(bytes, ended);
            case SOCKS5 -> throw refusal(CloseReason.SOCKS, "SOCKS5", Answer.SOCKS5);
            case PROXY_V1 -> throw refusal(CloseReason.PROXY_HEADER, "version 1", NO_ANSWER);
            case PROXY_V2 -> throw refusal(CloseReason.PROXY_HEADER, "version 2", NO_ANSWER);
            case SSH -> throw refusal(CloseReason.SSH, "", NO_ANSWER);
            case SSLV2 -> throw refusal(CloseReason.SSLV2, "", NO_ANSWER);
            case DTLS -> throw refusal(CloseReason.DTLS, "", NO_ANSWER);
            case OTHER -> throw refusal(CloseReason.NOT_TLS, shown(bytes), NO_ANSWER);
        };
    }

    private boolean http(ByteBuf bytes, boolean ended) {
        HttpHead.of(bytes, ended).ifPresent(head -> {
            throw http(head.mistake(), head.meant());
        });
        return false;
    }

    private boolean socks4(ByteBuf bytes, boolean ended) {
        Socks4.meant(bytes, ended).ifPresent(meant -> {
            throw refusal(CloseReason.SOCKS, meant, Answer.SOCKS4);
        });
        return false;
    }

    private Refusal http(CloseReason reason, String detail) {
        return refusal(reason, detail, Answer.http(reason));
    }

    private Refusal refusal(CloseReason reason, String detail, byte[] answer) {
        return new Refusal(reason, detail, explain ? answer : NO_ANSWER);
    }

    private static String shown(ByteBuf bytes) {
        int length = Math.min(bytes.readableBytes(), SHOWN + 1);
        return Printable.of(bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1), SHOWN);
    }
}
