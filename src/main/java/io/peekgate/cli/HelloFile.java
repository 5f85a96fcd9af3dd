package io.peekgate.cli;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.peek.HelloReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import picocli.CommandLine.TypeConversionException;

/** A client's first bytes, as somebody captured them. */
final class HelloFile {
    private HelloFile() {}

    /**
     * Reads the file as if a client had sent it and then nothing more.
     *
     * @param file {@code -} for standard input
     * @throws Refusal what the peek says of it, if it is no whole hello
     * @throws TypeConversionException if there is no such file, or it cannot be read
     */
    static ClientHello read(Path file, int maxHello) {
        ByteBuf bytes = Unpooled.wrappedBuffer(unhexed(content(file)));
        HelloReader reader = new HelloReader(maxHello, true);
        return reader.read(bytes).orElseThrow(() -> {
            reader.end(bytes);
            return new Refusal(
                    CloseReason.CLIENT_GONE, "the hello is not whole after " + bytes.readableBytes() + " bytes");
        });
    }

    private static byte[] content(Path file) {
        try {
            return file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TypeConversionException(file + ": no such file");
        } catch (IOException e) {
            throw new TypeConversionException(file + ": " + e.getMessage());
        }
    }

    /** Hex text, with white space or colons between its digits, as its bytes; anything else as it is. */
    private static byte[] unhexed(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).replaceAll("[\\s:]", "");
        boolean isHex = text.length() % 2 == 0 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isHex ? HexFormat.of().parseHex(text) : file;
    }
}
