package io.peekgate.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.JsonText;
import io.peekgate.model.LiveSession;
import io.peekgate.model.SessionReport;
import io.peekgate.report.AccessJson;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The connections that are not over, and ending one of them. */
final class ConnectionRoutes {
    private static final int MOST = 10_000;
    private static final int USUAL = 1_000;
    private static final int SECONDS = 5;

    private final Steering steering;

    ConnectionRoutes(Steering steering) {
        this.steering = steering;
    }

    void addTo(Router router, String api) {
        router.get(api + "/connections", this::list, "sni", "source", "limit")
                .on(HttpMethod.DELETE, api + "/connections/{id}", this::kill);
    }

    /** Which ones a filter wants is known only once they were asked, so then the most are. */
    private Answer list(Call call) throws Exception {
        Query query = call.query();
        int limit = query.number("limit", 1, MOST, USUAL);
        Predicate<SessionReport> wanted = LogFilter.of(query);
        boolean all = query.text("sni").isEmpty() && query.text("source").isEmpty();
        List<LiveSession> found = steering.sessions().list(all ? limit : MOST).get(SECONDS, TimeUnit.SECONDS);
        Stream<String> lines = found.stream()
                .filter(session -> wanted.test(session.soFar()))
                .limit(limit)
                .map(AccessJson::of);
        return Answer.json(HttpResponseStatus.OK, JsonText.object(json -> {
            json.writeNumberProperty("total", steering.sessions().count());
            json.writeNumberProperty("searched", found.size());
            LogRoutes.connections(json, lines);
        }));
    }

    private Answer kill(Call call) throws Exception {
        String id = call.path().get("id");
        if (!steering.sessions().kill(id).get(SECONDS, TimeUnit.SECONDS)) {
            throw new Problem(HttpResponseStatus.NOT_FOUND, "there is no connection " + id + ", or it is over");
        }
        return Answer.empty();
    }
}
