package io.peekgate.explain;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes as people paste them: hex digits, with white space or colons between. */
public final class HexText {
    private HexText() {}

    /** Empty if the text is anything else. */
    public static Optional<ByteBuffer> bytes(String text) {
        String digits = text.replaceAll("[\\s:]", "");
        boolean isHex = digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit);
        return isHex ? Optional.of(ByteBuffer.wrap(HexFormat.of().parseHex(digits))) : Optional.empty();
    }
}
