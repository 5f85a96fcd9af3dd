package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.JsonText;

/** Why a request is not done; what the client is told of it as problem+json (RFC 9457). */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_SECONDS = "5";
    private static final String TYPE = "application/problem+json; charset=utf-8";

    private final transient HttpResponseStatus status;

    /** @param detail what is wrong, and what mends it; for people */
    Problem(HttpResponseStatus status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    static Problem noSuchRule(String id) {
        return new Problem(HttpResponseStatus.NOT_FOUND, "there is no rule " + id + " among those made at run time");
    }

    Answer answer() {
        return of(status, getMessage());
    }

    /** There is too much of this under way; it may be asked for again after some seconds. */
    static Answer busy(String detail) {
        return of(HttpResponseStatus.SERVICE_UNAVAILABLE, detail).with(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
    }

    static Answer of(HttpResponseStatus status, String detail) {
        String body = JsonText.object(json -> {
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", status.reasonPhrase());
            json.writeNumberProperty("status", status.code());
            json.writeStringProperty("detail", detail);
        });
        return Answer.of(status, TYPE, body + '\n');
    }
}
