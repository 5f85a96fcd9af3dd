package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets through who may ask. A page of another site cannot: by name it does not reach us (the Host must be an address or a
 * name that is allowed, which rebound DNS cannot forge), its Origin is not ours, it cannot send our types of body without
 * asking first, and the cookie stays at home (SameSite).
 */
final class Doorkeeper implements Route {
    private static final Pattern BODY = Pattern.compile("(?i)(application/json|text/plain)( *; *charset=\"?utf-8\"?)?");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final Route inside;
    private final Token token;
    private final Set<String> hosts;
    private final String guarded;

    /**
     * @param hosts names, besides addresses and localhost, that a Host may be
     * @param guarded what the paths that need the token begin with
     */
    Doorkeeper(Route inside, Token token, Set<String> hosts, String guarded) {
        this.inside = inside;
        this.token = token;
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.guarded = guarded;
    }

    @Override
    public Answer answer(Ask ask) {
        return objection(ask).map(Problem::answer).orElseGet(() -> inside.answer(ask));
    }

    private Optional<Problem> objection(Ask ask) {
        String host = ask.header(HttpHeaderNames.HOST).orElse("");
        if (!isOurs(PORT.matcher(host).replaceFirst(""))) {
            return no(
                    HttpResponseStatus.MISDIRECTED_REQUEST, "ask by address or as localhost, or add it to admin.hosts");
        }
        boolean inside = ask.path().startsWith(guarded);
        if (inside && isOfAnotherSite(ask, host)) { // to the page itself any site may link
            return no(HttpResponseStatus.FORBIDDEN, "asked by a page of another site");
        }
        if (inside && !ask.path().equals(guarded + Login.PATH) && !isKnown(ask)) {
            return no(HttpResponseStatus.UNAUTHORIZED, "send Authorization: Bearer with the token of admin.token-file");
        }
        String type = ask.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        boolean hasBody = !ask.body().isEmpty() || !type.isEmpty();
        if (hasBody && !BODY.matcher(type).matches()) {
            return no(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json or text/plain");
        }
        return Optional.empty();
    }

    private static Optional<Problem> no(HttpResponseStatus status, String detail) {
        return Optional.of(new Problem(status, detail));
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        return bracketed
                ? NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1))
                : NetUtil.isValidIpV4Address(name) || name.equals("localhost") || hosts.contains(name);
    }

    /** Browsers tell one or the other of all that may do harm; other clients tell neither. */
    private static boolean isOfAnotherSite(Ask ask, String host) {
        String origin = ask.headers().get(HttpHeaderNames.ORIGIN, "");
        String site = ask.headers().get("sec-fetch-site", "");
        boolean foreign = !origin.isEmpty()
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host);
        return foreign || site.equals("cross-site") || site.equals("same-site");
    }

    private boolean isKnown(Ask ask) {
        Optional<String> authorization = ask.header(HttpHeaderNames.AUTHORIZATION);
        return authorization.isPresent()
                ? token.isBearer(authorization.get())
                : ask.header(HttpHeaderNames.COOKIE).stream()
                        .flatMap(cookies -> ServerCookieDecoder.STRICT.decode(cookies).stream())
                        .filter(cookie -> cookie.name().equals(token.cookieName()))
                        .map(Cookie::value)
                        .anyMatch(token::isCookie);
    }
}
