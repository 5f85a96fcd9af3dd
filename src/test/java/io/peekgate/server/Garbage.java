package io.peekgate.server;

import static io.peekgate.testkit.Bytes.after;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;

import io.peekgate.testkit.Hellos;
import java.util.List;
import java.util.Random;

/** First bytes that nobody would send on purpose, the same for the same seed. */
final class Garbage {
    private static final List<byte[]> OPENINGS = List.of(
            latin1("CONNECT "),
            latin1("GET "),
            latin1("PRI * HTTP/2.0"),
            latin1("SSH-"),
            latin1("PROXY "),
            latin1("\4\1"),
            latin1("\5"),
            latin1("\200\0\1\3"),
            latin1("\26\376"),
            latin1("\26\3\1"),
            latin1("\26\3\1\0\50\1\0\0\44\3\3"));

    private final Random random;

    Garbage(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        return switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(300));
            case 1 -> join(OPENINGS.get(random.nextInt(OPENINGS.size())), noise(random.nextInt(2000)));
            case 2 -> first(hello(), random.nextInt(200));
            case 3 -> spliced(hello(), hello());
            case 4 -> rerecorded(hello());
            case 5 -> join(hello(), noise(random.nextInt(5000)));
            default -> mutated(hello());
        };
    }

    /** The bytes in up to three pieces. */
    byte[][] cut(byte[] bytes) {
        int one = random.nextInt(bytes.length + 1);
        int two = one + random.nextInt(bytes.length - one + 1);
        return new byte[][] {first(bytes, one), after(first(bytes, two), one), after(bytes, two)};
    }

    private byte[] hello() {
        return Hellos.captured(Hellos.CAPTURED.get(random.nextInt(Hellos.CAPTURED.size())));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** Flips a bit or sets a byte, one to four times, most often where the lengths and the name stand. */
    private byte[] mutated(byte[] hello) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? hello.length : 200);
            hello[at] = random.nextBoolean() ? (byte) (hello[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt(256);
        }
        return hello;
    }

    private byte[] spliced(byte[] head, byte[] tail) {
        return join(first(head, random.nextInt(head.length)), after(tail, random.nextInt(tail.length)));
    }

    /** The same hello in other records. */
    private byte[] rerecorded(byte[] hello) {
        byte[] message = Hellos.message(hello);
        return Hellos.wire(message, 1 + random.nextInt(message.length - 1));
    }
}
