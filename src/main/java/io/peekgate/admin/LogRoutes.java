package io.peekgate.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.JsonText;
import io.peekgate.explain.Explained;
import io.peekgate.explain.ExplainedJson;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Verdict;
import io.peekgate.report.AccessJson;
import io.peekgate.report.Format;
import io.peekgate.report.RecentSessions;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** The connections that are over: the last ones, each of them from now on, and one with the reasons why. */
final class LogRoutes {
    private static final int MOST = 10_000;
    private static final int USUAL = 100;

    private final Steering steering;
    private final RecentSessions recent;

    LogRoutes(Steering steering, RecentSessions recent) {
        this.steering = steering;
        this.recent = recent;
    }

    void addTo(Router router, String api) {
        String stream = api + "/log/stream";
        router.get(api + "/log", this::list, filteredAnd("limit"))
                .on(HttpMethod.GET, stream, call -> Answer.events(feed(call)), filteredAnd("rate", "past"))
                .on(
                        HttpMethod.HEAD,
                        stream,
                        call -> Answer.of(HttpResponseStatus.OK, Answer.EVENTS, ""),
                        filteredAnd("rate", "past"))
                .get(api + "/log/{id}", this::one);
    }

    private static String[] filteredAnd(String... parameters) {
        Stream<String> both = Stream.of("action", "drops", "reason", "sni", "source", "listener", "lines");
        return Stream.concat(both, Stream.of(parameters)).toArray(String[]::new);
    }

    private Answer list(Call call) {
        Query query = call.query();
        Stream<SessionReport> found =
                recent.newestFirst().filter(LogFilter.of(query)).limit(query.number("limit", 1, MOST, USUAL));
        return query.text("lines").isPresent()
                ? Answer.text(
                        found.map(format(query)::line).map(line -> line + '\n').collect(Collectors.joining()))
                : Answer.json(
                        HttpResponseStatus.OK, JsonText.object(json -> connections(json, found.map(AccessJson::of))));
    }

    /** Writes objects that are JSON already. */
    static void connections(JsonGenerator json, Stream<String> lines) {
        json.writeArrayPropertyStart("connections");
        lines.forEach(json::writeRawValue);
        json.writeEndArray();
    }

    private Feed feed(Call call) {
        Query query = call.query();
        int rate = query.number("rate", 1, LogFeed.MOST_PER_SECOND, LogFeed.MOST_PER_SECOND);
        int past = query.number("past", 0, MOST, 0);
        Predicate<SessionReport> wanted = LogFilter.of(query);
        long from = call.ask().header("last-event-id").map(this::after).orElseGet(() -> before(past, wanted));
        return new LogFeed(recent, from, wanted, format(query), rate, System::nanoTime);
    }

    /** The number of the first of so many past ones that are wanted. */
    private long before(int past, Predicate<SessionReport> wanted) {
        long next = recent.next();
        return recent.numbered()
                .filter(session -> wanted.test(session.report()))
                .limit(past)
                .mapToLong(RecentSessions.Numbered::number)
                .min()
                .orElse(next);
    }

    private static Format format(Query query) {
        String code = query.text("lines").orElse("json");
        return Stream.of(Format.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(code))
                .findFirst()
                .orElseThrow(() -> Query.wrong("lines", "json or text"));
    }

    private long after(String lastEventId) {
        if (!lastEventId.matches("\\d{1,18}")) {
            throw Query.wrong("Last-Event-ID", "the id of an event of this stream");
        }
        return Math.min(recent.next(), Long.parseLong(lastEventId) + 1);
    }

    private Answer one(Call call) {
        String id = call.path().get("id");
        SessionReport report = recent.newestFirst()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        HttpResponseStatus.NOT_FOUND,
                        "not among the last " + recent.capacity()
                                + " connections that are over; admin.recent says how many are kept"));
        return Answer.json(HttpResponseStatus.OK, JsonText.object(json -> write(json, report)));
    }

    private void write(JsonGenerator json, SessionReport report) {
        json.writeName("connection").writeRawValue(AccessJson.of(report));
        json.writeStringProperty("sentence", report.reason().sentence());
        report.hello().ifPresent(hello -> json.writeName("hello").writeRawValue(AccessJson.of(hello)));
        report.request()
                .map(request -> Explained.of(steering.rules().current().policy(), request))
                .ifPresent(why -> json.writeName("explanation").writeRawValue(ExplainedJson.of(why)));
        json.writeBooleanProperty("changed", isChanged(report));
    }

    private boolean isChanged(SessionReport report) {
        long generation = steering.rules().current().policy().generation();
        return report.verdict()
                .map(Verdict::generation)
                .filter(then -> then != generation)
                .isPresent();
    }
}
