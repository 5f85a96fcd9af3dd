package io.peekgate.admin;

import io.netty.handler.codec.http.FullHttpRequest;

/** Answers HTTP requests, on the server's own thread. */
@FunctionalInterface
public interface Route {
    /**
     * Answers this one.
     *
     * @param request whole, and valid only until this returns; what throws is answered as 500
     */
    Answer answer(FullHttpRequest request);
}
