package io.peekgate.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.UncheckedIOException;

/**
 * A descriptor's place in epoll, which may change hands: from a channel to the relay. What its owner waits for is told
 * to the kernel when the loop's turn ends; to wait for less is not told at all, until an event comes that nobody wants.
 * To be used on its loop only.
 */
final class EpollSlot implements EpollIoHandle {
    private static final int EDGE = EpollIoOps.EPOLLET.value();
    private static final int UNASKED = EpollIoOps.EPOLLERR.value() | 0x10 /* EPOLLHUP, for which Netty has no name */;

    private final SteadyEpoll epoll;
    private final FileDescriptor descriptor;
    private IoRegistration registration;
    private Tenancy tenant;
    private int told;
    private boolean unsettled;

    EpollSlot(SteadyEpoll epoll, FileDescriptor descriptor) {
        this.epoll = epoll;
        this.descriptor = descriptor;
    }

    void registeredAs(IoRegistration netty) {
        registration = netty;
    }

    /** Gives the slot to an owner; nobody may have it. */
    IoRegistration let(EpollIoHandle owner) {
        tenant = new Tenancy(owner);
        return tenant;
    }

    /** Gives it up, unless it was taken over meanwhile. */
    void leave() {
        if (tenant == null) {
            registration.cancel();
        }
    }

    /** Tells the kernel what has changed in this turn. A descriptor that it refuses is of no use to its owner. */
    void settle() {
        unsettled = false;
        if (tenant != null && mustTell(tenant.wanted)) {
            tell(tenant.wanted);
        }
    }

    /** Asking again for edges makes them come again, which is why it is done. */
    private boolean mustTell(EpollIoOps wanted) {
        boolean edges = (wanted.value() & EDGE) != 0 && wanted.value() != EDGE;
        boolean more = (wanted.value() & ~EDGE & ~told) != 0;
        return edges || more || told == 0 || (told & EDGE) != 0;
    }

    private void tell(EpollIoOps wanted) {
        told = wanted.value();
        try {
            registration.submit(wanted);
        } catch (UncheckedIOException refused) {
            close();
        }
    }

    @Override
    public void handle(IoRegistration ignored, IoEvent event) {
        if (tenant == null || told == 0) {
            return; // nothing was asked for yet: it is meant for one that had this descriptor's number before
        }
        int ready = ((EpollIoEvent) event).ops().value();
        int unwanted = ready & ~(tenant.wanted.value() | UNASKED);
        if (unwanted == 0) {
            tenant.owner.handle(tenant, event);
        } else {
            tell(tenant.wanted);
            handleOnly(ready & ~unwanted);
        }
    }

    private void handleOnly(int wanted) {
        if (wanted != 0 && tenant != null) {
            EpollIoOps ops = EpollIoOps.valueOf(wanted);
            tenant.owner.handle(tenant, (EpollIoEvent) () -> ops);
        }
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    /** The loop ends, or can do nothing for the owner; Netty's own handles fail at nothing here. */
    @Override
    public void close() {
        try {
            if (tenant != null) {
                tenant.owner.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an owner holds of the slot, as long as it is the owner. */
    private final class Tenancy implements IoRegistration {
        private final EpollIoHandle owner;
        private EpollIoOps wanted = EpollIoOps.EPOLLET;

        Tenancy(EpollIoHandle owner) {
            this.owner = owner;
        }

        @Override
        public long submit(IoOps ops) {
            if (!isValid()) {
                return -1;
            }
            wanted = ops.equals(EpollIoOps.NONE) ? EpollIoOps.EPOLLET : (EpollIoOps) ops;
            if (!unsettled) {
                unsettled = true;
                epoll.unsettled(EpollSlot.this);
            }
            return wanted.value();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return tenant == this;
        }

        @Override
        public boolean cancel() {
            if (!isValid()) {
                return false;
            }
            tenant = null;
            epoll.vacant(EpollSlot.this);
            return true;
        }
    }
}
