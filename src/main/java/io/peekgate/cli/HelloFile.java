package io.peekgate.cli;

import io.peekgate.explain.HexText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** A client's first bytes, as somebody captured them. */
final class HelloFile {
    private HelloFile() {}

    /**
     * The bytes, raw or as hex digits.
     *
     * @param file {@code -} for standard input
     * @throws TypeConversionException if there is no such file, or it cannot be read
     */
    static ByteBuffer read(Path file) {
        byte[] content = content(file);
        return HexText.bytes(new String(content, StandardCharsets.ISO_8859_1))
                .orElseGet(() -> ByteBuffer.wrap(content));
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
}
