package io.peekgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** A file, or standard input, line by line, in UTF-8; wrong bytes are read as U+FFFD. */
final class TextInput implements AutoCloseable {
    private final String name;
    private final BufferedReader lines;
    private int number;

    private TextInput(String name, InputStream bytes) {
        this.name = name;
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /**
     * @param file {@code -} for standard input
     * @throws TypeConversionException if there is no such file, or it cannot be read
     */
    static TextInput of(String file) {
        try {
            return file.equals("-")
                    ? new TextInput("standard input", System.in)
                    : new TextInput(file, Files.newInputStream(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new TypeConversionException(file + ": no such file");
        } catch (IOException e) {
            throw new TypeConversionException(file + ": " + e.getMessage());
        }
    }

    /** The next line; null behind the last. */
    String next() throws IOException {
        number++;
        return lines.readLine();
    }

    /** All lines that are left. */
    String rest() throws IOException {
        StringWriter rest = new StringWriter();
        lines.transferTo(rest);
        return rest.toString();
    }

    /** Of the line read last, as {@code file:line}. */
    String place() {
        return name + ":" + number;
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
