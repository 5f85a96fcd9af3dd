package io.peekgate.explain;

import io.peekgate.model.ClientHello;
import io.peekgate.model.Target;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The stages of a gateway around its policy, as an explanation asks them. Nothing is connected to. */
public interface Probe {
    /**
     * Lets a client in at a listener.
     *
     * @throws io.peekgate.model.Refusal if its address is not among the listener's sources
     */
    void enter(String listener, InetAddress source);

    /**
     * What the peek makes of bytes that a client sends before it sends nothing more.
     *
     * @throws io.peekgate.model.Refusal if they are no whole hello, saying what they are
     */
    ClientHello peek(ByteBuffer first);

    /**
     * Lets a client ask a listener for a port.
     *
     * @throws io.peekgate.model.Refusal if it is not among those that it allows
     */
    void ask(String listener, int port);

    /**
     * The target's addresses. Blocks for as long as DNS takes, so it is never called on an event loop.
     *
     * @throws io.peekgate.model.Refusal if it does not resolve
     * @throws TimeoutException if the gateway is too busy to say
     */
    List<InetAddress> resolve(Target target) throws InterruptedException, TimeoutException;

    /**
     * Those of the addresses that the gateway would dial.
     *
     * @param addresses what the target resolves to
     * @throws io.peekgate.model.Refusal if the destination mode or the guard lets none through
     */
    List<InetAddress> admit(List<InetAddress> addresses, Target target);
}
