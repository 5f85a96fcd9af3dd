package io.peekgate.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;

/**
 * Netty's epoll, with fewer calls to the kernel: what is asked for in one turn of the loop is told to it once, at the
 * turn's end. A connection's socket is registered, asked to read, and handed from its channel to the relay in as many
 * steps; each would be an epoll_ctl, and a hand-over two.
 *
 * <p>It also keeps a socket with nothing to wait for registered. Netty 4.2.18 takes it out then (pull request 16689 of
 * netty/netty) and cannot put it back: once a peer's FIN was read, the first write that does not fit the socket's buffer
 * fails, and Netty sends a FIN in the middle of the stream.
 */
final class SteadyEpoll implements IoHandler {
    private final IoHandler epoll;
    private final List<EpollSlot> unsettled = new ArrayList<>();
    private final IntObjectMap<EpollSlot> vacant = new IntObjectHashMap<>();

    SteadyEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor loop) {
                return new SteadyEpoll(factory.newHandler(loop));
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    /** A descriptor that was given up in this turn is taken over as it stands, without a word to the kernel. */
    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        EpollIoHandle owner = (EpollIoHandle) handle;
        EpollSlot left = vacant.remove(owner.fd().intValue());
        if (left != null && left.fd().isOpen()) {
            return left.let(owner);
        }
        if (left != null) {
            left.leave(); // its number is that of another descriptor by now
        }
        EpollSlot slot = new EpollSlot(this, owner.fd());
        slot.registeredAs(epoll.register(slot));
        return slot.let(owner);
    }

    /** The owner of this one has something to tell the kernel. */
    void unsettled(EpollSlot slot) {
        unsettled.add(slot);
    }

    /** This one has no owner any more. */
    void vacant(EpollSlot slot) {
        vacant.put(slot.fd().intValue(), slot);
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        settle();
        return epoll.run(context);
    }

    /** By index, since whoever is closed here may ask for something else. */
    private void settle() {
        for (int i = 0; i < unsettled.size(); i++) {
            unsettled.get(i).settle();
        }
        unsettled.clear();
        if (!vacant.isEmpty()) {
            List.copyOf(vacant.values()).forEach(EpollSlot::leave);
            vacant.clear();
        }
    }

    @Override
    public void prepareToDestroy() {
        settle();
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return epoll.isCompatible(type);
    }
}
