package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.BooleanSupplier;

/**
 * Refuses changes of what is in force once the gateway drains. Who takes its place has read rules and configuration
 * already and waits for the admin address: what is changed here would be stored, and in force nowhere.
 */
final class LateChanges implements Route {
    private final Route inside;
    private final BooleanSupplier draining;
    private final String api;

    LateChanges(Route inside, BooleanSupplier draining, String api) {
        this.inside = inside;
        this.draining = draining;
        this.api = api;
    }

    @Override
    public Answer answer(Ask ask) {
        return !ask.isSafe() && isAboutWhatIsInForce(ask.path()) && draining.getAsBoolean()
                ? Problem.of(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "this gateway is draining; ask the one that takes its place, once it answers here")
                : inside.answer(ask);
    }

    private boolean isAboutWhatIsInForce(String path) {
        return path.startsWith(api + "/rules")
                || path.equals(api + "/config:reload")
                || path.equals(api + "/policy/mode");
    }
}
