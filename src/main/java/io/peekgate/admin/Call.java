package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a handler was found for.
 *
 * @param path what stands in the place of each {@code {name}} of the template
 */
record Call(Ask ask, Map<String, String> path) {
    String body() {
        return ask.body();
    }

    /** Whether the body is plain text rather than JSON. */
    boolean isText() {
        return ask.header(HttpHeaderNames.CONTENT_TYPE)
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/plain"))
                .isPresent();
    }

    /** Whether the answer is for people rather than programs. */
    boolean wantsText() {
        return ask.header(HttpHeaderNames.ACCEPT)
                .filter(type -> type.startsWith("text/plain"))
                .isPresent();
    }

    /**
     * What stands behind the question mark.
     *
     * @throws Problem if it cannot be read
     */
    Query query() {
        try {
            return new Query(new QueryStringDecoder(ask.uri()).parameters());
        } catch (IllegalArgumentException broken) {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "the query: " + broken.getMessage());
        }
    }

    /** The version or generation that If-Match demands (RFC 9110 section 13.1.1). */
    Optional<Long> ifMatch() {
        return Optional.of(String.join(", ", ask.headers().getAll(HttpHeaderNames.IF_MATCH)))
                .filter(tag -> !tag.isEmpty() && !tag.equals("*"))
                .map(Call::version);
    }

    private static long version(String tag) {
        if (!tag.matches("\"\\d{1,18}\"")) {
            throw new Problem(HttpResponseStatus.PRECONDITION_FAILED, "no ETag of ours: " + tag);
        }
        return Long.parseLong(tag.substring(1, tag.length() - 1));
    }
}
