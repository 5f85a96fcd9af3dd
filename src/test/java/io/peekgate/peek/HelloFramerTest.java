package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.hex;
import static io.peekgate.testkit.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.Hellos;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelloFramerTest {
    private static final int CAP = 32 * 1024;
    private static final byte[] MESSAGE = Hellos.hello().sni("www.example.com").message();

    private final HelloFramer framer = new HelloFramer(CAP);

    @Test
    void a_message_in_one_record_comes_out_as_it_is() {
        assertThat(frame(Hellos.wire(MESSAGE))).hasValue(MESSAGE);
    }

    @Test
    void a_message_is_joined_from_records_cut_anywhere_even_in_its_header() {
        assertThat(frame(Hellos.wire(MESSAGE, 1, 2, 3, 5, 40))).hasValue(MESSAGE);
    }

    @Test
    void every_beginning_of_a_message_needs_more() {
        byte[] wire = Hellos.wire(MESSAGE, 3, 50);
        for (int length = 0; length < wire.length; length++) {
            assertThat(frame(Bytes.first(wire, length))).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void the_buffer_is_left_as_it_is_and_read_from_its_reader_index() {
        ByteBuf bytes = Unpooled.wrappedBuffer(join(hex("ffffff"), Hellos.wire(MESSAGE, 9)));
        bytes.readerIndex(3);

        assertThat(framer.frame(bytes)).hasValue(MESSAGE);
        assertThat(bytes.readerIndex()).isEqualTo(3);
    }

    @Test
    void what_follows_in_later_records_is_not_looked_at() {
        assertThat(frame(join(Hellos.wire(MESSAGE), hex("00112233445566")))).hasValue(MESSAGE);
    }

    @Test
    void bytes_after_the_hello_within_its_record_are_malformed() {
        byte[] wire = Hellos.wire(join(MESSAGE, hex("0b0000")), 20);

        assertRefused(wire, CloseReason.MALFORMED_HELLO, "3 bytes after the hello in its record");
        assertRefused(Bytes.first(wire, 30), CloseReason.MALFORMED_HELLO, "3 bytes after the hello in its record");
    }

    @ParameterizedTest
    @CsvSource({
        "1403010001, TLS_NOT_HELLO,   a change_cipher_spec record",
        "1503010002, TLS_NOT_HELLO,   an alert record",
        "1703010002, TLS_NOT_HELLO,   an application_data record",
        "1803010002, MALFORMED_HELLO, a record of type 24",
        "1602000002, MALFORMED_HELLO, a record of version 2.0",
        "1603010000, MALFORMED_HELLO, a record of 0 bytes",
        "1603014001, MALFORMED_HELLO, a record of 16385 bytes",
        "160301000102, TLS_NOT_HELLO, a handshake message of type 2",
        "160301000101 1503010002, MALFORMED_HELLO, a record of type 21 within the hello",
        "160301000401007ffd,      HELLO_TOO_BIG, a hello of 32769 bytes",
        "160301000101 1603010003ffffff, HELLO_TOO_BIG, a hello of 16777219 bytes",
    })
    void refuses(String wire, CloseReason reason, String detail) {
        assertRefused(hex(wire), reason, detail);
    }

    @Test
    void the_largest_record_and_the_largest_hello_are_fine() {
        byte[] message = Hellos.hello().paddedTo(CAP).message();

        assertThat(message).hasSize(CAP);
        assertThat(frame(Hellos.wire(message, 16_384))).hasValue(message);
        assertRefused(Hellos.hello().paddedTo(CAP + 1).wire(), CloseReason.HELLO_TOO_BIG, "a hello of 32769 bytes");
    }

    @Test
    void sixty_four_records_are_fine_and_one_more_is_too_big() {
        int[] cuts = IntStream.rangeClosed(1, 63).toArray();
        byte[] more = Hellos.wire(MESSAGE, IntStream.rangeClosed(1, 64).toArray());

        assertThat(frame(Hellos.wire(MESSAGE, cuts))).hasValue(MESSAGE);
        assertRefused(more, CloseReason.HELLO_TOO_BIG, "more than 64 records");
        assertThat(frame(Bytes.first(more, 64 * 6 - 1))).isEmpty();
    }

    private Optional<byte[]> frame(byte[] wire) {
        return framer.frame(Unpooled.wrappedBuffer(wire));
    }

    private void assertRefused(byte[] wire, CloseReason reason, String detail) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> frame(wire));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.detail()).isEqualTo(detail);
    }
}
