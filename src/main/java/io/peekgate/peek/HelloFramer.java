package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.util.Optional;

/**
 * Joins the ClientHello's handshake message from the records that carry it (RFC 8446 sections 4 and 5.1).
 *
 * <pre>
 *              0      1         3           5                   5 + length
 *   record     | type | version |  length   | fragment          |  next record ...
 *              |  22  |   3.x   | 1 - 16384 | 1 or more bytes   |  at most 64 in all
 *
 *              0      1                     4                   4 + length
 *   message    | type |       length        | ClientHello       |  = all fragments, joined;
 *              |   1  |                     |                   |    ends where a record ends
 * </pre>
 *
 * Every byte is judged in order, and what is wrong is told as soon as its header is there. So the verdict on the first
 * bytes of a string is either "more" or the verdict on the whole.
 */
final class HelloFramer {
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int MAX_FRAGMENT = 16_384;
    private static final int MAX_RECORDS = 64;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    private final int maxHello;

    /**
     * @param maxHello the largest message to accept, its header included, in bytes
     */
    HelloFramer(int maxHello) {
        this.maxHello = maxHello;
    }

    /**
     * The whole handshake message, its header included; empty if more bytes are needed.
     *
     * @param bytes from the first of the connection; left as it is
     * @throws Refusal {@code TLS_NOT_HELLO}, {@code MALFORMED_HELLO} or {@code HELLO_TOO_BIG}
     */
    Optional<byte[]> frame(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int joined = 0;
        int header = 0;
        for (int record = 0; record < MAX_RECORDS; record++) {
            if (bytes.writerIndex() - at < RECORD_HEADER) {
                return Optional.empty();
            }
            int length = fragmentLength(bytes, at, record == 0);
            at += RECORD_HEADER;
            int there = Math.min(length, bytes.writerIndex() - at);
            header = messageHeader(bytes, at, there, joined, header);
            if (joined + there >= MESSAGE_HEADER) {
                int size = messageSize(header);
                requireEndWithin(size, joined + length);
                if (joined + there == size) {
                    return Optional.of(join(bytes, size));
                }
            }
            if (there < length) {
                return Optional.empty();
            }
            joined += length;
            at += length;
        }
        throw new Refusal(CloseReason.HELLO_TOO_BIG, "more than " + MAX_RECORDS + " records");
    }

    private static int fragmentLength(ByteBuf bytes, int at, boolean first) {
        int type = bytes.getUnsignedByte(at);
        if (type != HANDSHAKE) {
            throw otherRecord(type, first);
        }
        int major = bytes.getUnsignedByte(at + 1);
        if (major != MAJOR_VERSION) {
            throw malformed("a record of version " + major + "." + bytes.getUnsignedByte(at + 2));
        }
        int length = bytes.getUnsignedShort(at + 3);
        if (length == 0 || length > MAX_FRAGMENT) {
            throw malformed("a record of " + length + " bytes");
        }
        return length;
    }

    private static Refusal otherRecord(int type, boolean first) {
        if (!first) {
            return malformed("a record of type " + type + " within the hello");
        }
        return switch (type) {
            case CHANGE_CIPHER_SPEC -> new Refusal(CloseReason.TLS_NOT_HELLO, "a change_cipher_spec record");
            case ALERT -> new Refusal(CloseReason.TLS_NOT_HELLO, "an alert record");
            case APPLICATION_DATA -> new Refusal(CloseReason.TLS_NOT_HELLO, "an application_data record");
            default -> malformed("a record of type " + type);
        };
    }

    /** The message's first four bytes as one number, with those that this fragment adds; it may be cut anywhere. */
    private static int messageHeader(ByteBuf bytes, int at, int there, int joined, int header) {
        if (joined == 0 && there > 0 && bytes.getUnsignedByte(at) != CLIENT_HELLO) {
            throw new Refusal(CloseReason.TLS_NOT_HELLO, "a handshake message of type " + bytes.getUnsignedByte(at));
        }
        int result = header;
        for (int i = 0; i < there && joined + i < MESSAGE_HEADER; i++) {
            result = result << 8 | bytes.getUnsignedByte(at + i);
        }
        return result;
    }

    private int messageSize(int header) {
        int size = MESSAGE_HEADER + (header & 0xffffff);
        if (size > maxHello) {
            throw new Refusal(CloseReason.HELLO_TOO_BIG, "a hello of " + size + " bytes");
        }
        return size;
    }

    private static void requireEndWithin(int size, int recordEnd) {
        if (recordEnd > size) {
            throw malformed((recordEnd - size) + " bytes after the hello in its record");
        }
    }

    private static byte[] join(ByteBuf bytes, int size) {
        byte[] message = new byte[size];
        int at = bytes.readerIndex();
        for (int joined = 0; joined < size; ) {
            int length = bytes.getUnsignedShort(at + 3);
            bytes.getBytes(at + RECORD_HEADER, message, joined, length);
            joined += length;
            at += RECORD_HEADER + length;
        }
        return message;
    }

    private static Refusal malformed(String detail) {
        return new Refusal(CloseReason.MALFORMED_HELLO, detail);
    }
}
