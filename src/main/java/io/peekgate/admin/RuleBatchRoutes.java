package io.peekgate.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.JsonText;
import io.peekgate.config.RequestJson;
import io.peekgate.config.RuleBatch;
import io.peekgate.config.StoredRule;
import io.peekgate.rules.Draft;
import io.peekgate.rules.Imported;
import io.peekgate.rules.RuleImport;
import io.peekgate.rules.RuleText;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Changes of many rules at once, all or none; and rules as files, in and out. */
final class RuleBatchRoutes {
    private final Steering steering;
    private final RuleLanguage language;

    RuleBatchRoutes(Steering steering, RuleLanguage language) {
        this.steering = steering;
        this.language = language;
    }

    void addTo(Router router, String api) {
        router.on(HttpMethod.POST, api + "/rules:batch", this::batch)
                .on(HttpMethod.POST, api + "/rules:move", this::move)
                .on(HttpMethod.POST, api + "/rules:import", this::imported, "format", "dry-run")
                .get(api + "/rules:export", call -> exported());
    }

    /** What an edit did, and what generation came of it. */
    private record Done(List<StoredRule> rules, long generation) {}

    private Done done(Function<Draft, List<StoredRule>> edit) {
        return steering.rules().edit(draft -> new Done(edit.apply(draft), draft.generation()));
    }

    private Answer batch(Call call) {
        RuleBatch batch = language.now().batch(call.body(), RuleRoutes.BODY);
        Done done = done(draft -> draft.apply(batch));
        String answer = JsonText.object(json -> {
            json.writeNumberProperty("generation", done.generation());
            json.writeArrayPropertyStart("results");
            done.rules().forEach(rule -> id(json, rule));
            json.writeEndArray();
        });
        return Answer.json(HttpResponseStatus.OK, answer).noting(RuleViews.note("batch of", done.rules()));
    }

    private static void id(JsonGenerator json, StoredRule rule) {
        json.writeStartObject();
        json.writeStringProperty("id", rule.id());
        json.writeEndObject();
    }

    private Answer move(Call call) {
        RequestJson.Move move = RequestJson.move(call.body());
        Done done = done(draft -> List.of(draft.move(move.id(), move.before())));
        String where = move.before().map(id -> " before " + id).orElse(" behind all others");
        String answer = JsonText.object(json -> json.writeNumberProperty("generation", done.generation()));
        return Answer.json(HttpResponseStatus.OK, answer).noting(RuleViews.note("moved", done.rules()) + where);
    }

    private Answer imported(Call call) {
        Query query = call.query();
        RuleImport imported = RuleImport.read(format(query), call.body(), "import");
        boolean keep = !query.flag("dry-run") && !imported.rules().isEmpty();
        Done done = keep
                ? done(draft -> imported.rules().stream().map(draft::add).toList())
                : new Done(List.of(), steering.rules().current().generation());
        return Answer.json(HttpResponseStatus.OK, json(imported, done))
                .noting(keep ? RuleViews.note("imported", done.rules()) : "nothing imported");
    }

    private static RuleImport.Format format(Query query) {
        String code = query.text("format").orElse("");
        return Arrays.stream(RuleImport.Format.values())
                .filter(format -> format.code().equals(code))
                .findAny()
                .orElseThrow(() -> Query.wrong("format", "one of " + codes()));
    }

    private static String codes() {
        return Arrays.stream(RuleImport.Format.values())
                .map(RuleImport.Format::code)
                .collect(Collectors.joining(", "));
    }

    private static String json(RuleImport imported, Done done) {
        return JsonText.object(json -> {
            json.writeNumberProperty("generation", done.generation());
            json.writeNumberProperty("added", done.rules().size());
            json.writeArrayPropertyStart("entries");
            for (Imported entry : imported.entries()) {
                json.writeStartObject();
                entry.write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Answer exported() {
        return Answer.text(RuleText.rules(steering.rules().current().all()));
    }
}
