package io.peekgate.peek;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.model.Refusal;

/** Without {@code JAZZER_FUZZ=1}, runs the inputs among the test resources only. */
class HelloReaderFuzzTest {
    private static final String MORE = "more";

    private final HelloReader reader = new HelloReader(32 * 1024, true);

    @FuzzTest
    void any_bytes_get_one_verdict_and_nothing_but_refusals_is_thrown(byte[] input) {
        String whole = verdict(Unpooled.wrappedBuffer(input));
        for (int length = 0; length < input.length; length++) {
            ByteBuf beginning = Unpooled.wrappedBuffer(input, 0, length);
            String verdict = verdict(beginning);
            if (!verdict.equals(MORE) && !verdict.equals(whole)) {
                throw new AssertionError(length + " bytes: " + verdict + ", all: " + whole);
            }
            end(beginning);
        }
    }

    private String verdict(ByteBuf bytes) {
        try {
            return reader.read(bytes).map(Object::toString).orElse(MORE);
        } catch (Refusal refusal) {
            return refusal.reason().name();
        }
    }

    private void end(ByteBuf bytes) {
        try {
            reader.end(bytes);
        } catch (Refusal expected) {
            // a misuse is named
        }
    }
}
