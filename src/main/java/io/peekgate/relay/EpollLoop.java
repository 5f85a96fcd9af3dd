package io.peekgate.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.unix.Buffer;
import io.peekgate.net.Sweep;
import java.nio.ByteBuffer;

/** What all pairs of one event loop share: a buffer to copy through, the pipes, which end with the loop, and the clock. */
final class EpollLoop {
    private static final int CAPACITY = 64 << 10;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
    private final long address = Buffer.memoryAddress(buffer);
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final PipePool pipes;
    private final Sweep sweep;
    private final boolean splices;

    /**
     * @param splices whether to splice at all
     * @param pipes how many may be in use at once; beyond them bytes are copied
     */
    EpollLoop(Sweep sweep, boolean splices, int pipes) {
        this.sweep = sweep;
        this.splices = splices;
        this.pipes = new PipePool(pipes);
        sweep.loop().terminationFuture().addListener(ended -> this.pipes.close());
    }

    boolean splices() {
        return splices;
    }

    long address() {
        return address;
    }

    int capacity() {
        return CAPACITY;
    }

    PipePool pipes() {
        return pipes;
    }

    Sweep sweep() {
        return sweep;
    }

    /** A copy of that part of the shared buffer. */
    ByteBuf rest(int from, int to) {
        ByteBuf rest = allocator.directBuffer(to - from);
        return rest.writeBytes(buffer.slice(from, to - from));
    }

    /** What is in both, the first of which may be null, as one direct buffer; releases them. */
    ByteBuf joined(ByteBuf first, ByteBuf second) {
        ByteBuf both = allocator.directBuffer((first == null ? 0 : first.readableBytes()) + second.readableBytes());
        if (first != null) {
            both.writeBytes(first);
            first.release();
        }
        both.writeBytes(second);
        second.release();
        return both;
    }

    /** Where the buffer's index 0 lies. */
    static long addressOf(ByteBuf direct) {
        return direct.hasMemoryAddress()
                ? direct.memoryAddress()
                : Buffer.memoryAddress(direct.nioBuffer(0, direct.capacity()));
    }
}
