package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.BooleanSupplier;

/** Whether the program lives, and whether it takes new connections: for those who start and stop it, without a token. */
final class Health {
    private Health() {}

    static void addTo(Router router, BooleanSupplier ready) {
        router.get("/livez", call -> Answer.line(HttpResponseStatus.OK, "live"), Router.ANY);
        router.get("/readyz", call -> readiness(ready.getAsBoolean()), Router.ANY);
    }

    private static Answer readiness(boolean ready) {
        return ready
                ? Answer.line(HttpResponseStatus.OK, "ready")
                : Answer.line(HttpResponseStatus.SERVICE_UNAVAILABLE, "draining");
    }
}
