package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.peekgate.config.RequestJson;

/** Gives the page's client a cookie for the token, until the browser is closed; and takes it back. */
final class Login {
    static final String PATH = "/login";

    private final Token token;

    Login(Token token) {
        this.token = token;
    }

    void addTo(Router router, String api) {
        router.on(HttpMethod.POST, api + PATH, this::login).on(HttpMethod.POST, api + "/logout", call -> logout());
    }

    private Answer login(Call call) {
        if (!token.isToken(RequestJson.text(call.body(), "token"))) {
            throw new Problem(HttpResponseStatus.UNAUTHORIZED, "this is not the token of admin.token-file");
        }
        return Answer.empty().with(HttpHeaderNames.SET_COOKIE, cookie(token.cookie(), DefaultCookie.UNDEFINED_MAX_AGE));
    }

    private Answer logout() {
        return Answer.empty().with(HttpHeaderNames.SET_COOKIE, cookie("", 0));
    }

    private String cookie(String value, long maxAge) {
        DefaultCookie cookie = new DefaultCookie(token.cookieName(), value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.Strict);
        cookie.setMaxAge(maxAge);
        return ServerCookieEncoder.STRICT.encode(cookie);
    }
}
