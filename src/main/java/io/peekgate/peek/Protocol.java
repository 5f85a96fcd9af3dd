package io.peekgate.peek;

import io.netty.buffer.ByteBuf;

/** What a client may speak, told by the bytes it opens with. */
enum Protocol {
    DTLS("\24\376", "\25\376", "\26\376", "\27\376"),
    /** Any handshake record, whatever its version, and other records of a version that TLS has. */
    TLS("\26", "\24\3", "\25\3", "\27\3"),
    HTTP("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH ", "PROPFIND "),
    /** RFC 9113 section 3.4. */
    HTTP2("PRI * HTTP/2.0"),
    /** The version, then CONNECT or BIND. */
    SOCKS4("\4\1", "\4\2"),
    /** RFC 1928 section 3. */
    SOCKS5("\5"),
    PROXY_V1("PROXY "),
    PROXY_V2("\r\n\r\n\0\r\nQUIT\n"),
    /** RFC 4253 section 4.2. */
    SSH("SSH-"),
    /** A two-byte length with its top bit set, CLIENT-HELLO, and the version 0.2 or 3.x (RFC 5246 appendix E.2). */
    SSLV2(Pattern.TOP_BIT + Pattern.ANY + "\1\0\2", Pattern.TOP_BIT + Pattern.ANY + "\1\3"),
    /** None of these. */
    OTHER(),
    /** The bytes so far fit several. */
    UNDECIDED();

    private static final Protocol[] ALL = values();

    private final String[] openings;

    Protocol(String... openings) {
        this.openings = openings;
    }

    /**
     * The first protocol that fits; {@link #UNDECIDED} while the bytes are only the beginning of an opening.
     *
     * @param bytes from the first of the connection
     */
    static Protocol of(ByteBuf bytes) {
        for (Protocol protocol : ALL) {
            for (String opening : protocol.openings) {
                if (Pattern.fits(opening, bytes)) {
                    return bytes.readableBytes() < opening.length() ? UNDECIDED : protocol;
                }
            }
        }
        return bytes.isReadable() ? OTHER : UNDECIDED;
    }

    /** Openings are strings of bytes, in which two characters beyond a byte stand for more than one. */
    private static final class Pattern {
        static final String ANY = "\uffff";
        static final String TOP_BIT = "\u8000";

        /** Whether the bytes begin with the opening, or are its beginning. */
        static boolean fits(String opening, ByteBuf bytes) {
            int length = Math.min(opening.length(), bytes.readableBytes());
            for (int i = 0; i < length; i++) {
                if (!fits(opening.charAt(i), bytes.getUnsignedByte(bytes.readerIndex() + i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean fits(char wanted, int found) {
            return wanted == found || wanted == ANY.charAt(0) || (wanted == TOP_BIT.charAt(0) && found >= 0x80);
        }
    }
}
