package io.peekgate.relay;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;

/**
 * One socket of a pair, after it has left its channel; it owns the descriptor. It is registered once and edge-triggered:
 * whether it may be read or written is remembered here until the kernel says "not now", so that an idle socket costs
 * nothing and a busy one no epoll_ctl.
 */
final class EpollSide implements EpollIoHandle {
    private static final EpollIoOps EVERYTHING = EpollIoOps.EPOLLIN
            .with(EpollIoOps.EPOLLOUT)
            .with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);
    /** EPOLLHUP, for which Netty has no name: both directions are over. */
    private static final int HUNG_UP = 0x10;

    private static final int ERROR = EpollIoOps.EPOLLERR.value();
    private static final int FIN = EpollIoOps.EPOLLRDHUP.value() | HUNG_UP | ERROR;
    private static final int IN = EpollIoOps.EPOLLIN.value() | FIN;
    private static final int OUT = EpollIoOps.EPOLLOUT.value() | HUNG_UP | ERROR;

    private final Socket socket;
    private final EpollPair pair;
    private IoRegistration registration;
    private boolean readable;
    private boolean writable = true;
    private boolean finDue;
    private boolean errorDue;
    private boolean lost;
    private boolean ended;
    private boolean broken;

    EpollSide(Socket socket, EpollPair pair) {
        this.socket = socket;
        this.pair = pair;
    }

    /** Asks the loop for events; the first come at once, for whatever the socket has by now. */
    void register(IoEventLoop loop) {
        lost = wasResetBefore();
        loop.register(this).addListener(done -> {
            registration = (IoRegistration) done.get();
            registration.submit(EVERYTHING);
        });
    }

    /**
     * Whether a reset came while the channel still had the socket. The channel's read has taken the error away then, and
     * left a socket that looks as if a FIN had come, but has no peer any more.
     */
    private boolean wasResetBefore() {
        return socket.isInputShutdown() && socket.remoteAddress() == null;
    }

    /** Asks for the events anew, so that they come again behind those of others. */
    void askAgain() {
        registration.submit(EVERYTHING);
    }

    @Override
    public void handle(IoRegistration ignored, IoEvent event) {
        if (!socket.isOpen()) {
            return; // an event for one that had this descriptor's number before
        }
        int ready = ((EpollIoEvent) event).ops().value();
        readable |= (ready & IN) != 0;
        writable |= (ready & OUT) != 0;
        finDue |= (ready & FIN) != 0;
        errorDue |= (ready & ERROR) != 0;
        pair.run();
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    boolean isReadable() {
        return readable && !ended && !broken;
    }

    boolean isWritable() {
        return writable && !broken;
    }

    /** Whether its FIN has come, behind its last byte. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether it was reset. */
    boolean isBroken() {
        return broken;
    }

    /**
     * Reads at most {@code length} bytes. A short read from a stream means that there is no more now, and saves the call
     * that would say so; but not if a FIN is due, which only a read of nothing shows.
     *
     * @return how many; 0 if there are none now, or the side {@link #hasEnded} or {@link #isBroken}
     */
    int receive(long address, int length) {
        try {
            int count = socket.recvAddress(address, 0, length);
            broken |= count < 0 && lost;
            ended = count < 0 && !broken;
            readable = count == length || (count > 0 && finDue);
            return Math.max(count, 0);
        } catch (IOException reset) {
            broken = true;
            return 0;
        }
    }

    /** Writes from an address; gives how many bytes the socket took. */
    int send(long address, int from, int to) {
        try {
            int count = socket.sendAddress(address, from, to);
            writable = count == to - from;
            return count;
        } catch (IOException reset) {
            broken = true;
            return 0;
        }
    }

    /**
     * Moves what the socket holds into an empty pipe. If that is nothing, there is none now, unless a FIN is due, which
     * looks the same; one that comes this very moment has its event still to come.
     */
    int fill(Pipe pipe) {
        try {
            int count = pipe.fill(socket);
            readable = count > 0 || finDue;
            return count;
        } catch (IOException reset) {
            broken = true;
            return 0;
        }
    }

    /** Moves what the pipe holds to the socket; gives how many bytes it took. */
    int drain(Pipe pipe) {
        try {
            int moved = pipe.drain(socket);
            writable = pipe.isEmpty();
            return moved;
        } catch (IOException reset) {
            broken = true;
            return 0;
        }
    }

    /** Passes the other side's FIN on. */
    void shutdownOutput() {
        try {
            socket.shutdown(false, true);
        } catch (IOException | NotYetConnectedException reset) {
            broken = true; // ENOTCONN has a type of its own: its RST has come, though not yet its event
        }
    }

    /**
     * Looks whether the error that epoll told of is there: the event may have been meant for another socket, and a side
     * that is not read at the moment has no other way to tell. Only after reading, since asking takes the error away.
     */
    void settleError() {
        if (errorDue && !broken) {
            errorDue = false;
            try {
                broken = socket.getSoError() != 0;
            } catch (IOException reset) {
                broken = true;
            }
        }
    }

    /** Closes the descriptor, and so takes it out of epoll. */
    void close(boolean reset) {
        try {
            if (reset && socket.isOpen()) {
                socket.setSoLinger(0);
            }
        } catch (IOException alreadyReset) {
            // closing it is enough
        }
        try {
            socket.close();
        } catch (IOException gone) {
            // closed it is
        }
        if (registration != null) {
            registration.cancel();
        }
    }

    /** The loop ends before the pair did. */
    @Override
    public void close() {
        pair.abandon();
    }
}
