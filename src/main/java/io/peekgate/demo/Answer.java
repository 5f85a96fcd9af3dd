package io.peekgate.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client got.
 *
 * @param status of HTTP; empty if no HTTP came
 * @param text HTTP's body, one character a byte; without a status, what came or happened instead
 */
public record Answer(OptionalInt status, String text) {
    private static final Pattern HTTP_HEAD = Pattern.compile("HTTP/1\\.[01] (\\d{3}).*?\r\n\r\n", Pattern.DOTALL);

    /** Takes the bytes for HTTP if they begin like it. A body is taken as it is, so it must not be chunked. */
    public static Answer of(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        Matcher head = HTTP_HEAD.matcher(text);
        return head.lookingAt()
                ? new Answer(OptionalInt.of(Integer.parseInt(head.group(1))), text.substring(head.end()))
                : without(text);
    }

    static Answer without(String text) {
        return new Answer(OptionalInt.empty(), text);
    }
}
