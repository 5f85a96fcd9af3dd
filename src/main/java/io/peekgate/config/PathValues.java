package io.peekgate.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** How names of files are read. */
final class PathValues {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private PathValues() {}

    /** For what this program makes itself: relative to the working directory. */
    static Path own(Node node) {
        return Path.of(Values.text(node));
    }

    /** A file to be read, relative to the one that names it. */
    static Path readable(Node node) {
        Path file = node.resolve(Values.text(node));
        Values.require(
                Files.isReadable(file) && !Files.isDirectory(file), node, "cannot be read: no such file: " + file);
        return file;
    }

    /** The files of a pattern such as {@code rules.d/*.conf}, by name; without a wildcard, that file. */
    static List<Path> matching(Node node) {
        Path pattern = node.resolve(Values.text(node));
        if (!WILDCARD.matcher(pattern.toString()).find()) {
            return List.of(readable(node));
        }
        Path directory = pattern.resolveSibling("");
        Values.require(
                !WILDCARD.matcher(directory.toString()).find(), node, "has a wildcard that is not in the file's name");
        return Files.isDirectory(directory)
                ? list(directory, pattern.getFileName().toString())
                : List.of();
    }

    private static List<Path> list(Path directory, String glob) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            return StreamSupport.stream(found.spliterator(), false).sorted().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}
