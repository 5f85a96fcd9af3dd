package io.peekgate.relay;

import io.netty.buffer.ByteBuf;

/**
 * One direction of a pair. What was read and could not be written yet is in flight, either in a buffer or in a pipe, and
 * nothing is read before it has left. Small amounts are copied; once a read fills the whole buffer, bytes are spliced,
 * until three short rounds show that they come in small amounts again.
 */
final class EpollFlow {
    /** Bytes a turn, then the next pair: one stream must not starve the others. */
    private static final int BUDGET = 1 << 20;

    private static final int SHORT = 16 << 10;
    private static final int SHORT_ROUNDS = 3;

    private final EpollLoop loop;
    private final EpollSide from;
    private final EpollSide to;
    private boolean splicing;
    private boolean spliced;
    private boolean passedOn;
    private int shortRounds;
    private ByteBuf carried;
    private Pipe pipe;
    private long moved;

    EpollFlow(EpollLoop loop, EpollSide from, EpollSide to) {
        this.loop = loop;
        this.from = from;
        this.to = to;
    }

    /** Bytes written so far. */
    long moved() {
        return moved;
    }

    /** Whether any of them was never copied. */
    boolean hasSpliced() {
        return spliced;
    }

    /** Whether all bytes were written and the FIN is due, or passed on. */
    boolean isComplete() {
        return from.hasEnded() && isSettled();
    }

    boolean isSettled() {
        return carried == null && (pipe == null || pipe.isEmpty());
    }

    /** Takes bytes that were read already; owned from now on, and sent in the order in which they are given. */
    void carry(ByteBuf bytes) {
        carried = carried == null && bytes.isDirect() && bytes.nioBufferCount() == 1
                ? bytes
                : loop.joined(carried, bytes);
    }

    /** Moves what can be moved. */
    void pump() {
        int left = BUDGET;
        while (left > 0 && settle() && from.isReadable()) {
            left -= splicing ? splice(left == BUDGET) : copy();
        }
        if (left <= 0) {
            from.askAgain();
        }
        if (pipe != null && pipe.isEmpty()) {
            giveBack();
        }
    }

    /** Writes what is in flight; false if some of it stays. */
    boolean settle() {
        if (carried != null && to.isWritable()) {
            int sent = to.send(EpollLoop.addressOf(carried), carried.readerIndex(), carried.writerIndex());
            moved += sent;
            carried.skipBytes(sent);
            if (!carried.isReadable()) {
                carried.release();
                carried = null;
            }
        }
        if (pipe != null && !pipe.isEmpty() && to.isWritable()) {
            moved += to.drain(pipe);
        }
        return isSettled();
    }

    /** Passes a FIN on behind the last byte, once. */
    void passFinOn() {
        if (!passedOn) {
            passedOn = true;
            to.shutdownOutput();
        }
    }

    /** Lets go of whatever is in flight. */
    void release() {
        if (carried != null) {
            carried.release();
            carried = null;
        }
        if (pipe != null) {
            giveBack();
        }
    }

    private int copy() {
        int count = from.receive(loop.address(), loop.capacity());
        int sent = count > 0 ? to.send(loop.address(), 0, count) : 0;
        moved += sent;
        if (sent < count) {
            carried = loop.rest(sent, count);
        }
        if (count == loop.capacity()) {
            splicing = loop.splices();
        }
        return count;
    }

    private int splice(boolean first) {
        if (pipe == null) {
            pipe = loop.pipes().lend();
        }
        int count = pipe == null ? copy() : fill(first);
        weigh(count);
        return count;
    }

    /**
     * A read tells a FIN from nothing. It also gets past an urgent byte, at which splice(2) stops for ever; so where an
     * event came and nothing can be spliced, there is one.
     */
    private int fill(boolean first) {
        int count = from.fill(pipe);
        if (count > 0) {
            spliced = true;
            moved += to.drain(pipe);
            return count;
        }
        return first || from.isReadable() ? copy() : 0;
    }

    private void weigh(int count) {
        shortRounds = count >= SHORT ? 0 : shortRounds + (count > 0 ? 1 : 0);
        if (shortRounds == SHORT_ROUNDS) {
            shortRounds = 0;
            splicing = false;
        }
    }

    private void giveBack() {
        loop.pipes().giveBack(pipe);
        pipe = null;
    }
}
