package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;

/** The document that describes the admin API to programs (OpenAPI 3.1). */
final class OpenApi {
    private static final String FILE = "openapi.json";

    private OpenApi() {}

    static void addTo(Router router, String api) {
        router.get(api + "/" + FILE, call -> Answer.json(HttpResponseStatus.OK, document()));
    }

    static String document() throws IOException {
        try (InputStream file = OpenApi.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), UTF_8).strip();
        }
    }
}
