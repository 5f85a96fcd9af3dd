package io.peekgate.peek;

import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.nio.ByteBuffer;

/**
 * Tells the kinds of Encrypted ClientHello apart (RFC 9849 section 5).
 *
 * <pre>
 *  type 0 (outer) | KDF | AEAD | config id | enc length  | enc | payload length | payload
 *        1            2     2        1            2                    2
 *  type 1 (inner), and nothing else
 * </pre>
 *
 * <p>GREASE (section 6.2) is made to look like the real one, down to a payload of a likely length, so most of it cannot be
 * told. What can: a first hello whose sender gives no key share of its own ({@code enc} is empty only after a
 * HelloRetryRequest, which is no first hello), an AEAD that encrypts nothing, and a payload too short for the least hello.
 */
final class EchExtension {
    private static final int OUTER = 0;
    private static final int INNER = 1;

    /** RFC 9180 section 7.3: for exporting secrets only. */
    private static final int EXPORT_ONLY = 0xffff;

    /**
     * Version 2, random 32, an empty session id 1, one cipher suite 4, one compression method 2, the extensions' length 2,
     * an ECH extension of type inner 5, supported_versions with TLS 1.3 alone 7, and the tag 16 that every AEAD of RFC
     * 9180 adds.
     */
    private static final int LEAST_PAYLOAD = 2 + 32 + 1 + 4 + 2 + 2 + 5 + 7 + 16;

    private EchExtension() {}

    /**
     * The kind that its bytes tell.
     *
     * @throws Refusal {@code MALFORMED_HELLO}
     */
    static Ech kind(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        int type = in.hasRemaining() ? in.get() : -1;
        require(type == OUTER || type == INNER, "of no known type");
        if (type == INNER) {
            require(!in.hasRemaining(), "of type inner with content");
            return Ech.INNER;
        }
        require(in.remaining() >= 5, "without its cipher suite");
        in.getShort();
        int aead = Short.toUnsignedInt(in.getShort());
        in.get();
        int enc = skipVector(in, "enc");
        int payload = skipVector(in, "payload");
        require(payload > 0 && !in.hasRemaining(), "with a payload that is empty or not its end");
        return enc == 0 || aead == EXPORT_ONLY || payload < LEAST_PAYLOAD ? Ech.GREASE : Ech.OUTER;
    }

    private static int skipVector(ByteBuffer in, String name) {
        require(in.remaining() >= 2, "without " + name);
        int length = Short.toUnsignedInt(in.getShort());
        require(in.remaining() >= length, "with more " + name + " than there is");
        in.position(in.position() + length);
        return length;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Refusal(CloseReason.MALFORMED_HELLO, "encrypted_client_hello " + otherwise);
        }
    }
}
