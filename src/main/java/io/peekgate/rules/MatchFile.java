package io.peekgate.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of patterns: one a line, {@code #} begins a comment. A line of a hosts file ({@code 0.0.0.0 ads.example})
 * stands for the names behind its address; the names that every hosts file gives to the machine itself are passed over.
 *
 * <p>Lists have a million lines, so the bytes are kept as they are, with the bounds of the patterns in them; texts are made
 * where they are asked for. That is a handful of objects, which no garbage collection has to copy.
 */
final class MatchFile extends AbstractList<String> implements RandomAccess {
    static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?");

    private static final Set<String> OWN_NAMES = Set.of(
            "localhost",
            "localhost.localdomain",
            "local",
            "broadcasthost",
            "ip6-localhost",
            "ip6-loopback",
            "ip6-localnet",
            "ip6-mcastprefix",
            "ip6-allnodes",
            "ip6-allrouters",
            "ip6-allhosts",
            "0.0.0.0");

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path file;
    private final byte[] bytes;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int size;

    private MatchFile(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads a file, in UTF-8.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    static MatchFile read(Path file) {
        try {
            MatchFile list = new MatchFile(file, Files.readAllBytes(file));
            list.scan();
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is a name that every hosts file gives to the machine itself. */
    static boolean isOwnName(String name) {
        return OWN_NAMES.contains(name);
    }

    @Override
    public int size() {
        return size;
    }

    /** In the file's order. */
    @Override
    public String get(int index) {
        Objects.checkIndex(index, size);
        return text(starts[index], ends[index]);
    }

    /** Where a pattern stands, as {@code file:line:column}, both from 1, the column in bytes. */
    String place(int index) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < starts[index]; i++) {
            if (bytes[i] == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return file + ":" + line + ":" + (starts[index] - begin + 1);
    }

    private void scan() {
        boolean marked = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
        for (int from = marked ? 3 : 0; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            scanLine(from, content(from, to));
            from = to + 1;
        }
    }

    /** Where the line's content ends, without comment and space; a pattern may have a # within. */
    private int content(int from, int to) {
        int end = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '#' && (i == from || isSpace(i - 1))) {
                break;
            }
            end = isSpace(i) ? end : i + 1;
        }
        return end;
    }

    private void scanLine(int start, int end) {
        int from = afterSpace(start, end);
        int word = afterWord(from, end);
        boolean hosts = word < end
                && bytes[from] != '~'
                && ADDRESS.matcher(text(from, word)).matches();
        if (hosts) {
            addNames(word, end);
        } else if (from < end) {
            add(from, end);
        }
    }

    private void addNames(int from, int end) {
        for (int at = afterSpace(from, end); at < end; at = afterSpace(afterWord(at, end), end)) {
            int after = afterWord(at, end);
            if (!isOwnName(text(at, after))) {
                add(at, after);
            }
        }
    }

    private void add(int from, int to) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        starts[size] = from;
        ends[size++] = to;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private int afterSpace(int from, int end) {
        int at = from;
        while (at < end && isSpace(at)) {
            at++;
        }
        return at;
    }

    private int afterWord(int from, int end) {
        int at = from;
        while (at < end && !isSpace(at)) {
            at++;
        }
        return at;
    }

    private boolean isSpace(int at) {
        return bytes[at] >= 0 && bytes[at] <= ' ';
    }
}
