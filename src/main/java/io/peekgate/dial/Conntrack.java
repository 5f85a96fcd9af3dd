package io.peekgate.dial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How many connections netfilter remembers in this network namespace. A redirected one is counted before it can be
 * accepted, so a number that is read afterwards includes it; one that was read before would not, and is never kept.
 */
final class Conntrack {
    private final FileChannel count;

    private Conntrack(FileChannel count) {
        this.count = count;
    }

    /** Of this machine; a file in which the kernel tells the number is read anew each time. */
    static Conntrack ofThisMachine() {
        return of(Path.of("/proc/sys/net/netfilter/nf_conntrack_count"));
    }

    /** Where the kernel does not tell, it is taken for remembering some: containers may not be shown the number. */
    static Conntrack of(Path file) {
        try {
            return new Conntrack(FileChannel.open(file));
        } catch (IOException untold) {
            return new Conntrack(null);
        }
    }

    /** Whether it surely remembers none. Takes half a microsecond. */
    boolean isEmpty() {
        ByteBuffer number = ByteBuffer.allocate(1);
        try {
            return count != null && count.read(number, 0) > 0 && number.get(0) == '0';
        } catch (IOException untold) {
            return false;
        }
    }
}
