package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.Unpooled;
import io.peekgate.model.Refusal;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.Hellos;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The verdict depends on the byte string alone. */
class HelloReaderTest {
    private static final String MORE = "more";

    private final HelloReader reader = new HelloReader(32 * 1024, true);

    @ParameterizedTest
    @FieldSource("io.peekgate.testkit.Hellos#CAPTURED")
    void a_real_hello_is_read_the_same_byte_by_byte_and_cut_at_every_offset(String client) {
        byte[] wire = Hellos.captured(client);

        assertThat(verdict(wire)).startsWith("ClientHello");
        // a reader without a memory that says "more" to each beginning gives one verdict, however the string was cut
        for (int length = 0; length < wire.length; length++) {
            assertThat(verdict(first(wire, length))).as("%d bytes", length).isEqualTo(MORE);
        }
    }

    @ParameterizedTest
    @FieldSource("io.peekgate.testkit.Hellos#CAPTURED")
    void a_real_hello_is_read_the_same_in_records_cut_at_every_offset(String client) {
        byte[] wire = Hellos.captured(client);
        byte[] message = Hellos.message(wire);

        for (int cut = 1; cut < message.length; cut++) {
            assertThat(verdict(Hellos.wire(message, cut))).as("cut at %d", cut).isEqualTo(verdict(wire));
        }
    }

    @ParameterizedTest
    @FieldSource("io.peekgate.testkit.Hellos#CAPTURED")
    void a_real_hello_is_read_the_same_in_the_smallest_of_the_sixty_four_records(String client) {
        byte[] wire = Hellos.captured(client);
        int[] cuts = IntStream.rangeClosed(1, 63).toArray();

        assertThat(verdict(Hellos.wire(Hellos.message(wire), cuts))).isEqualTo(verdict(wire));
    }

    @ParameterizedTest
    @FieldSource("io.peekgate.testkit.Hellos#CAPTURED")
    void what_follows_a_real_hello_changes_nothing(String client) {
        byte[] wire = Hellos.captured(client);

        assertThat(verdict(join(wire, Hellos.record(20, Bytes.uint8(1))))).isEqualTo(verdict(wire));
    }

    /** Repeatable: the random numbers are always the same. */
    @Test
    void a_damaged_hello_gets_one_verdict_from_its_first_bytes_on() {
        Random random = new Random(1);
        byte[] hello = Hellos.hello()
                .sni("a.example")
                .alpn("h2")
                .supportedVersions(0x0304)
                .wire(2, 60);
        for (int i = 0; i < 3000; i++) {
            assertOneVerdict(damaged(hello, random));
        }
    }

    private void assertOneVerdict(byte[] wire) {
        String whole = verdict(wire);
        for (int length = 0; length < wire.length; length++) {
            String verdict = verdict(first(wire, length));
            if (!verdict.equals(MORE) && !verdict.equals(whole)) {
                fail("%s: %s after %d bytes, then %s", HexFormat.of().formatHex(wire), verdict, length, whole);
            }
        }
    }

    private static byte[] damaged(byte[] hello, Random random) {
        byte[] result = hello.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            result[random.nextInt(result.length)] = (byte) random.nextInt(256);
        }
        return result;
    }

    @Test
    void a_post_quantum_hello_in_several_records_is_read() {
        byte[] wire =
                Hellos.hello().sni("a.example").postQuantum().paddedTo(1700).wire(700, 1300);

        assertThat(wire.length).isGreaterThan(1448);
        assertThat(verdict(wire)).contains("a.example");
    }

    private String verdict(byte[] bytes) {
        try {
            return reader.read(Unpooled.wrappedBuffer(bytes))
                    .map(Object::toString)
                    .orElse(MORE);
        } catch (Refusal refusal) {
            return refusal.reason().name();
        }
    }
}
