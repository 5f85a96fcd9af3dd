package io.peekgate.demo;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Carries a TLS client whose first record, the ClientHello, is cut into several records (RFC 8446 section 5.1 allows
 * it, and record boundaries are no part of the handshake's transcript), and these into segments that end elsewhere.
 */
final class SplitHelloSocket extends Socket {
    private static final int RECORD_HEADER = 5;
    private static final int FRAGMENT = 700;
    private static final int SEGMENT = 500;

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new SplitHello(super.getOutputStream());
    }

    private static final class SplitHello extends FilterOutputStream {
        private boolean sent;

        SplitHello(OutputStream out) {
            super(out);
        }

        /** JSSE writes a flight at once, so the first write is the hello's record. */
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (sent) {
                out.write(bytes, offset, length);
            } else {
                sent = true;
                inSegments(inRecords(bytes, offset, length));
            }
        }

        private void inSegments(byte[] bytes) throws IOException {
            for (int at = 0; at < bytes.length; at += SEGMENT) {
                out.write(bytes, at, Math.min(SEGMENT, bytes.length - at));
            }
        }

        /** type(1) version(2) length(2) fragment: each new record repeats type and version. */
        private static byte[] inRecords(byte[] bytes, int offset, int length) {
            ByteArrayOutputStream records = new ByteArrayOutputStream();
            int end = offset + length;
            for (int at = offset + RECORD_HEADER; at < end; at += FRAGMENT) {
                int fragment = Math.min(FRAGMENT, end - at);
                records.write(bytes, offset, 3);
                records.write(fragment >> 8);
                records.write(fragment);
                records.write(bytes, at, fragment);
            }
            return records.toByteArray();
        }
    }
}
