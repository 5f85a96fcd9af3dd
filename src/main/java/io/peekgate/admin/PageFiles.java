package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The page: files that came with the program. The browser is told to run, load and send nothing of anybody else. */
final class PageFiles {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8");

    private PageFiles() {}

    /** To be added behind all other paths. */
    static void addTo(Router router) {
        router.get("/", call -> file("index.html"), Router.ANY)
                .get("/{file}", call -> file(call.path().get("file")), Router.ANY);
    }

    private static Answer file(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return Optional.ofNullable(type)
                .flatMap(known -> load(name, known))
                .orElseThrow(() -> new Problem(HttpResponseStatus.NOT_FOUND, "there is nothing at this path"));
    }

    private static Optional<Answer> load(String name, String type) {
        try (InputStream file = PageFiles.class.getResourceAsStream("page/" + name)) {
            return Optional.ofNullable(file == null ? null : answer(new String(file.readAllBytes(), UTF_8), type));
        } catch (IOException e) {
            throw new IllegalStateException("the program's own file " + name + " cannot be read", e);
        }
    }

    private static Answer answer(String text, String type) {
        return Answer.of(HttpResponseStatus.OK, type, text)
                .with("content-security-policy", POLICY)
                .with("cross-origin-opener-policy", "same-origin")
                .with("cross-origin-resource-policy", "same-origin")
                .with("referrer-policy", "no-referrer")
                .with("x-frame-options", "DENY");
    }
}
