package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.SessionReport;
import io.peekgate.route.NamePattern;
import io.peekgate.route.Sources;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which connections somebody wants to see; what was not asked for holds for all. */
final class LogFilter {
    private LogFilter() {}

    /**
     * Reads {@code action}, {@code drops}, {@code reason}, {@code sni}, {@code source} and {@code listener}.
     *
     * @throws Problem naming the parameter and what is expected
     */
    static Predicate<SessionReport> of(Query query) {
        return Stream.of(
                        query.text("action").map(LogFilter::action),
                        Optional.of("drops").filter(query::flag).map(drops -> refused()),
                        query.text("reason").map(LogFilter::reason),
                        query.text("sni").map(LogFilter::name),
                        query.text("source").map(LogFilter::source),
                        query.text("listener").map(LogFilter::listener))
                .flatMap(Optional::stream)
                .reduce(report -> true, Predicate::and);
    }

    private static Predicate<SessionReport> action(String code) {
        CloseReason.Action action = find("action", code, CloseReason.Action.values(), CloseReason.Action::code);
        return report -> report.reason().action() == action;
    }

    /** Those that did not pass. */
    static Predicate<SessionReport> refused() {
        return report -> report.reason().action() != CloseReason.Action.PASS;
    }

    /** It may be the reason why one passed or not, or how one that passed has ended. */
    private static Predicate<SessionReport> reason(String code) {
        CloseReason reason = find("reason", code, CloseReason.values(), CloseReason::code);
        return report ->
                report.reason() == reason || report.end().map(RelayEnd::reason).equals(Optional.of(reason));
    }

    private static Predicate<SessionReport> name(String text) {
        if (text.startsWith("~")) {
            throw Query.wrong("sni", "a host pattern such as *.example.com, not a regular expression,");
        }
        NamePattern pattern = read("sni", () -> NamePattern.of(text));
        return report -> report.hello()
                .flatMap(ClientHello::serverName)
                .filter(pattern::matches)
                .isPresent();
    }

    private static Predicate<SessionReport> source(String text) {
        Sources sources = read("source", () -> Sources.of(List.of(text)));
        return report -> sources.contains(report.source().getAddress());
    }

    private static Predicate<SessionReport> listener(String name) {
        return report -> report.listener().equals(name);
    }

    private static <T> T find(String key, String code, T[] all, Function<T, String> codeOf) {
        return Stream.of(all)
                .filter(one -> codeOf.apply(one).equals(code))
                .findFirst()
                .orElseThrow(() ->
                        Query.wrong(key, "one of " + Stream.of(all).map(codeOf).collect(Collectors.joining(", "))));
    }

    private static <T> T read(String key, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException wrong) {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, key + ": " + wrong.getMessage());
        }
    }
}
