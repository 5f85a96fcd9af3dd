package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an HTTP request is answered with.
 *
 * @param headers besides the length, the type, and those that every answer bears
 * @param type of the body, with charset=utf-8; empty if there is none
 * @param feed what follows the body, if it does not end there
 * @param note what was changed, for the audit line; may be empty
 */
public record Answer(
        HttpResponseStatus status,
        String type,
        Map<String, String> headers,
        String body,
        Optional<Feed> feed,
        String note) {
    /** The type of server-sent events. */
    static final String EVENTS = "text/event-stream; charset=utf-8";

    private static final String TEXT = "text/plain; charset=utf-8";

    public static Answer of(HttpResponseStatus status, String type, String body) {
        return new Answer(status, type, Map.of(), body, Optional.empty(), "");
    }

    /** Text for people, one line of it. */
    public static Answer line(HttpResponseStatus status, String text) {
        return of(status, TEXT, text + '\n');
    }

    static Answer text(String text) {
        return of(HttpResponseStatus.OK, TEXT, text);
    }

    /** An object of JSON. */
    static Answer json(HttpResponseStatus status, String json) {
        return of(status, "application/json; charset=utf-8", json + '\n');
    }

    static Answer empty() {
        return of(HttpResponseStatus.NO_CONTENT, "", "");
    }

    /** Server-sent events. */
    static Answer events(Feed feed) {
        return new Answer(HttpResponseStatus.OK, EVENTS, Map.of(), "", Optional.of(feed), "");
    }

    /** The same with another header. */
    Answer with(CharSequence header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header.toString(), value);
        return new Answer(status, type, Map.copyOf(more), body, feed, note);
    }

    /** The same, telling what was changed. */
    Answer noting(String change) {
        return new Answer(status, type, headers, body, feed, change);
    }

    boolean isError() {
        return status.code() >= 400;
    }
}
