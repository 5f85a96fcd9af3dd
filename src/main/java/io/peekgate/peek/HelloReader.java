package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.peekgate.model.ClientHello;
import io.peekgate.model.Refusal;
import java.util.Optional;

/**
 * What the first bytes of a connection say, as a pure function of the byte string: however it is cut into segments, and
 * its hello into records, the verdict is the same. Safe for use by many threads.
 */
public final class HelloReader {
    private final Misuse misuse;
    private final HelloFramer framer;

    /**
     * @param maxHello the largest handshake message to accept, its header included, in bytes
     * @param explainMisuse whether refusals carry an answer in the protocol that the client meant
     */
    public HelloReader(int maxHello, boolean explainMisuse) {
        misuse = new Misuse(explainMisuse);
        framer = new HelloFramer(maxHello);
    }

    /**
     * The hello; empty if more bytes are needed.
     *
     * @param bytes from the first of the connection; left as it is
     * @throws Refusal what is wrong, or what the client meant instead of TLS
     */
    public Optional<ClientHello> read(ByteBuf bytes) {
        return misuse.isTls(bytes, false) ? framer.frame(bytes).map(HelloParser::parse) : Optional.empty();
    }

    /**
     * Looks a last time at bytes that {@link #read} found too few, now that no more will come.
     *
     * @throws Refusal what the client meant instead of TLS, if they tell that much
     */
    public void end(ByteBuf bytes) {
        misuse.isTls(bytes, true);
    }
}
