package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * What an HTTP request is answered with, whole.
 *
 * @param headers besides the length, the type, and those that every answer bears
 * @param type of the body, with charset=utf-8
 */
public record Answer(HttpResponseStatus status, String type, Map<String, String> headers, String body) {
    /** Text for people, one line of it. */
    public static Answer line(HttpResponseStatus status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", Map.of(), text + '\n');
    }

    /** The same with another header. */
    Answer with(String header, String value) {
        return new Answer(status, type, Map.of(header, value), body);
    }

    boolean isError() {
        return status.code() >= 400;
    }
}
