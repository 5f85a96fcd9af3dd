package io.peekgate.admin;

import io.peekgate.config.JsonText;
import io.peekgate.config.RuleConfig;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.rules.Preview;
import io.peekgate.rules.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** What rules would match, were they among those in force. */
final class RulePreview {
    private static final int MOST_SEEN = 20;
    /** For looking through the names that were seen, with all rules: an expression may take milliseconds for each. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Snapshot now;
    private final int place;
    private final String listener;
    private final List<ServerName> seen;
    private final long begun = System.nanoTime();

    /**
     * @param before the rule that they would stand before; empty: behind all made at run time
     * @param listener that they are tried with where they are for any
     * @param seen names that clients have asked for lately
     */
    RulePreview(Snapshot now, Optional<String> before, String listener, List<String> seen) {
        this.now = now;
        this.place = before.map(id -> place(now, id)).orElse(now.rules().rules().size());
        this.listener = listener;
        this.seen = seen.stream().distinct().flatMap(RulePreview::name).toList();
    }

    private static int place(Snapshot now, String id) {
        return now.place(id).orElseThrow(() -> Problem.noSuchRule(id));
    }

    private static Stream<ServerName> name(String text) {
        try {
            return Stream.of(ServerName.of(text));
        } catch (Refusal noName) {
            return Stream.empty();
        }
    }

    /**
     * Writes what a rule would do into the object that was begun.
     *
     * @param rule of one pattern, and valid
     */
    void write(JsonGenerator json, RuleConfig rule) {
        Preview preview = Preview.of(rule);
        Map<Boolean, List<ServerName>> examples =
                preview.examples().stream().collect(Collectors.partitioningBy(preview::matches));
        names(json, "matches", examples.get(true).stream());
        names(json, "misses", examples.get(false).stream());
        names(
                json,
                "seen",
                seen.stream()
                        .takeWhile(name -> System.nanoTime() - begun < PATIENCE.toNanos())
                        .filter(preview::matches)
                        .limit(MOST_SEEN));
        examples.get(true).stream()
                .findFirst()
                .flatMap(first -> preview.decidedBefore(first, now.policy(), place, listener))
                .ifPresent(earlier -> json.writeStringProperty("shadowed_by", called(earlier)));
    }

    private static void names(JsonGenerator json, String key, Stream<ServerName> names) {
        JsonText.strings(json, key, names.map(ServerName::value).toList());
    }

    private String called(int rule) {
        return rule < now.rules().rules().size()
                ? now.rules().rules().get(rule).id()
                : now.all().get(rule).origin();
    }
}
