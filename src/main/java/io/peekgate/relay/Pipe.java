package io.peekgate.relay;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/** A kernel pipe, through which splice(2) moves a socket's bytes to another without a copy. */
final class Pipe {
    /** More than a default pipe's sixteen pages hold, so that the pipe and not the call is the bound. */
    private static final int MOST = 1 << 20;

    private final FileDescriptor out;
    private final FileDescriptor in;
    private int held;

    private Pipe(FileDescriptor out, FileDescriptor in) {
        this.out = out;
        this.in = in;
    }

    /** A new pipe, or null where the system gives none (EMFILE, ENFILE). */
    static Pipe open() {
        try {
            FileDescriptor[] ends = FileDescriptor.pipe();
            return new Pipe(ends[0], ends[1]);
        } catch (IOException none) {
            return null;
        }
    }

    boolean isEmpty() {
        return held == 0;
    }

    /**
     * Moves what the socket holds into the pipe, which must be empty: a full one could not be told from an empty socket.
     *
     * @return how many bytes; 0 if there are none now, or none any more
     */
    int fill(Socket from) throws IOException {
        held = Native.splice(from.intValue(), -1, in.intValue(), -1, MOST);
        return held;
    }

    /**
     * Moves what the pipe holds to the socket.
     *
     * @return how many bytes; fewer than it held if the socket takes no more now
     */
    int drain(Socket to) throws IOException {
        int moved = 0;
        while (held > 0) {
            int step = Native.splice(out.intValue(), -1, to.intValue(), -1, held);
            if (step <= 0) {
                return moved;
            }
            held -= step;
            moved += step;
        }
        return moved;
    }

    void close() {
        closeQuietly(out);
        closeQuietly(in);
    }

    private static void closeQuietly(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException gone) {
            // nothing is in it that anybody waits for
        }
    }
}
