package io.peekgate.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.JsonText;
import io.peekgate.config.RuleBulk;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import io.peekgate.rules.PatternLine;
import io.peekgate.rules.PolicyCompiler;
import io.peekgate.rules.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/** A rule for each line of a text or each pattern of a list. A line that is wrong is named, and spoils no other. */
final class BulkRules {
    private static final int MOST_PREVIEWED = 1000;

    private final Steering steering;
    private final RuleLanguage language;
    private final Supplier<List<String>> seen;

    /** @param seen the names that clients have asked for lately */
    BulkRules(Steering steering, RuleLanguage language, Supplier<List<String>> seen) {
        this.steering = steering;
        this.language = language;
        this.seen = seen;
    }

    /**
     * What one line asks for.
     *
     * @param problem why it cannot be; empty if it can
     */
    private record Wanted(PatternLine line, RuleConfig rule, Optional<String> problem) {
        static Wanted of(PatternLine line, RuleConfig common) {
            RuleConfig rule = common.matching(line.pattern(), line.reason().orElse(common.reason()));
            return new Wanted(line, rule, PolicyCompiler.problem(rule));
        }
    }

    /** The rules that a body asks for, if it is for many. */
    Optional<RuleBulk> read(Call call) {
        RuleJson json = language.now();
        return call.isText()
                ? Optional.of(new RuleBulk(call.body().lines().toList(), json.read(List.of(), RuleRoutes.BODY)))
                : json.bulk(call.body(), RuleRoutes.BODY);
    }

    /** Adds those that can be, in one edit. */
    Answer add(RuleBulk rules, Optional<String> before) {
        List<Wanted> wanted = lines(rules).stream()
                .map(line -> Wanted.of(line, rules.common()))
                .toList();
        List<RuleConfig> good = wanted.stream()
                .filter(each -> each.problem().isEmpty())
                .map(Wanted::rule)
                .toList();
        List<StoredRule> added = good.isEmpty() ? List.of() : added(good, before);
        Answer answer = Answer.json(status(wanted, good), results(wanted, added));
        return added.isEmpty() ? answer : answer.noting(RuleViews.note("added", added));
    }

    private List<StoredRule> added(List<RuleConfig> rules, Optional<String> before) {
        return steering.rules()
                .edit(draft ->
                        rules.stream().map(rule -> draft.add(rule, before)).toList());
    }

    private static List<PatternLine> lines(RuleBulk rules) {
        List<PatternLine> lines = PatternLine.of(rules.lines());
        if (lines.isEmpty()) {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "there is no pattern; send at least one");
        }
        return lines;
    }

    private static HttpResponseStatus status(List<Wanted> wanted, List<RuleConfig> good) {
        if (good.isEmpty()) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        return good.size() == wanted.size() ? HttpResponseStatus.CREATED : HttpResponseStatus.MULTI_STATUS;
    }

    private String results(List<Wanted> wanted, List<StoredRule> added) {
        long generation = added.isEmpty()
                ? steering.rules().current().generation()
                : added.get(0).version();
        Deque<StoredRule> left = new ArrayDeque<>(added);
        return JsonText.object(json -> {
            json.writeNumberProperty("generation", generation);
            json.writeArrayPropertyStart("results");
            wanted.forEach(each -> result(json, each, left));
            json.writeEndArray();
        });
    }

    private static void result(JsonGenerator json, Wanted wanted, Deque<StoredRule> added) {
        begin(json, wanted.line());
        if (wanted.problem().isEmpty()) {
            json.writeStringProperty("pattern", wanted.line().pattern());
            json.writeNumberProperty("status", HttpResponseStatus.CREATED.code());
            json.writeStringProperty("id", added.remove().id());
        } else {
            json.writeNumberProperty("status", HttpResponseStatus.BAD_REQUEST.code());
            json.writeStringProperty("detail", wanted.problem().get());
        }
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, PatternLine line) {
        json.writeStartObject();
        json.writeNumberProperty("line", line.line());
        json.writeStringProperty("text", line.text());
    }

    /** What each would match; nothing is changed. */
    Answer preview(Call call) {
        Optional<String> before = call.query().text(RuleRoutes.BEFORE);
        RuleBulk rules = read(call)
                .orElseThrow(() -> new Problem(
                        HttpResponseStatus.BAD_REQUEST, "patterns: a list of patterns is expected, or plain text"));
        List<PatternLine> lines = lines(rules);
        if (lines.size() > MOST_PREVIEWED) {
            throw new Problem(
                    HttpResponseStatus.BAD_REQUEST, "at most " + MOST_PREVIEWED + " patterns can be looked at at once");
        }
        RulePreview preview = new RulePreview(now(), before, listener(), seen.get());
        return Answer.json(HttpResponseStatus.OK, JsonText.object(json -> {
            json.writeArrayPropertyStart("results");
            lines.forEach(line -> previewed(json, Wanted.of(line, rules.common()), preview));
            json.writeEndArray();
        }));
    }

    private static void previewed(JsonGenerator json, Wanted wanted, RulePreview preview) {
        begin(json, wanted.line());
        json.writeBooleanProperty("valid", wanted.problem().isEmpty());
        if (wanted.problem().isEmpty()) {
            json.writeStringProperty("pattern", wanted.line().pattern());
            preview.write(json, wanted.rule());
        } else {
            json.writeStringProperty("detail", wanted.problem().get());
        }
        json.writeEndObject();
    }

    private Snapshot now() {
        return steering.rules().current();
    }

    private String listener() {
        return steering.config().listeners().get(0).name();
    }
}
