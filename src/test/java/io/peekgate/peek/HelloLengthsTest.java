package io.peekgate.peek;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.peekgate.model.Refusal;
import io.peekgate.testkit.Hellos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelloLengthsTest {
    private static final int SESSION_ID = 38;

    static java.util.List<String> captured() {
        return Hellos.CAPTURED;
    }

    @ParameterizedTest
    @MethodSource("captured")
    void every_real_hello_holds_what_its_lengths_say(String name) {
        byte[] message = message(name);
        assertThatCode(() -> HelloLengths.check(message)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void a_hello_cut_short_anywhere_claims_more_than_there_is(String name) {
        byte[] message = message(name);
        int withoutExtensions = withoutExtensions(message);
        for (int length = SESSION_ID; length < message.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(message, length);
            if (length != withoutExtensions) {
                assertThatThrownBy(() -> HelloLengths.check(cut))
                        .as("cut to %s bytes", cut.length)
                        .isInstanceOf(Refusal.class)
                        .extracting(refusal -> ((Refusal) refusal).detail())
                        .asString()
                        .contains("bytes more than there are");
            }
        }
    }

    @Test
    void a_server_name_cannot_claim_to_be_longer_than_its_extension() {
        byte[] message = message("curl-h1");
        int name = new String(message, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("www.");
        message[name - 2] = (byte) 0xff;
        assertThatThrownBy(() -> HelloLengths.check(message)).isInstanceOf(Refusal.class);
    }

    private static byte[] message(String name) {
        return new HelloFramer(1 << 15)
                .frame(Unpooled.wrappedBuffer(Hellos.captured(name)))
                .orElseThrow();
    }

    /** Where a hello may legally end: behind its compression methods (RFC 5246 section 7.4.1.2). */
    private static int withoutExtensions(byte[] message) {
        int at = SESSION_ID;
        at += 1 + (message[at] & 0xff);
        at += 2 + (((message[at] & 0xff) << 8) | (message[at + 1] & 0xff));
        return at + 1 + (message[at] & 0xff);
    }
}
