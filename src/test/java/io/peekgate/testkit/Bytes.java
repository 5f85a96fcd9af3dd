package io.peekgate.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Byte strings in the terms of RFC 8446 section 3: numbers, and vectors that begin with their length. */
public final class Bytes {
    private Bytes() {}

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** One byte a character. */
    public static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] uint8(int number) {
        return new byte[] {(byte) number};
    }

    public static byte[] uint16(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }

    public static int uint16At(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
    }

    public static byte[] uint24(int number) {
        return new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    /** With a length of one byte before it. */
    public static byte[] vector8(byte[]... parts) {
        byte[] content = join(parts);
        return join(uint8(content.length), content);
    }

    /** With a length of two bytes before it. */
    public static byte[] vector16(byte[]... parts) {
        byte[] content = join(parts);
        return join(uint16(content.length), content);
    }

    /** With a length of three bytes before it. */
    public static byte[] vector24(byte[]... parts) {
        byte[] content = join(parts);
        return join(uint24(content.length), content);
    }

    public static byte[] after(byte[] bytes, int start) {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    public static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }
}
