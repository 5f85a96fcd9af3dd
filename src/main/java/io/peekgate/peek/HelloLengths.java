package io.peekgate.peek;

import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;

/**
 * Sees to it that no length inside a hello claims more than there is, before anybody allocates what it claims.
 *
 * <pre>
 *   | header 4 | version 2 | random 32 | session id &lt;1&gt; | cipher suites &lt;2&gt; | compression &lt;1&gt; | extensions &lt;2&gt; |
 *   an extension: | type 2 | data &lt;2&gt; |      in server_name: | list &lt;2&gt; of | type 1 | name &lt;2&gt; | |
 * </pre>
 *
 * Here {@code <n>} is a length of n bytes and as many bytes as it says (RFC 8446 section 3.4).
 */
final class HelloLengths {
    private static final int FIXED = 4 + 2 + 32;
    private static final int SERVER_NAME = 0;

    private final byte[] hello;
    private int at = FIXED;

    private HelloLengths(byte[] hello) {
        this.hello = hello;
    }

    /**
     * @param hello the whole handshake message, its header included
     * @throws Refusal {@code MALFORMED_HELLO}
     */
    static void check(byte[] hello) {
        new HelloLengths(hello).check();
    }

    private void check() {
        at = end(1, hello.length);
        at = end(2, hello.length);
        at = end(1, hello.length);
        if (at < hello.length) {
            extensions(end(2, hello.length));
        }
    }

    private void extensions(int end) {
        at += 2;
        while (at < end) {
            boolean isServerName = number(2, end) == SERVER_NAME;
            at += 2;
            int next = end(2, end);
            if (isServerName) {
                serverNames(next);
            }
            at = next;
        }
    }

    private void serverNames(int end) {
        at += 2;
        int list = end(2, end);
        at += 2;
        while (at < list) {
            at++;
            at = end(2, list);
        }
    }

    /** Where the vector that begins here ends, which must be within what holds it. */
    private int end(int lengthBytes, int limit) {
        int end = at + lengthBytes + number(lengthBytes, limit);
        if (end > limit) {
            throw tooLong(end - limit);
        }
        return end;
    }

    private int number(int bytes, int limit) {
        if (at + bytes > limit) {
            throw tooLong(at + bytes - limit);
        }
        int first = hello[at] & 0xff;
        return bytes == 1 ? first : (first << 8) | (hello[at + 1] & 0xff);
    }

    private static Refusal tooLong(int excess) {
        return new Refusal(
                CloseReason.MALFORMED_HELLO, "a length that claims " + excess + " bytes more than there are");
    }
}
