package io.peekgate.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.StoredRule;
import io.peekgate.rules.Draft;
import io.peekgate.rules.RuleStore;
import io.peekgate.rules.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Shows all rules, and changes those made at run time one by one. */
final class RuleRoutes {
    static final String BODY = "body";
    static final String BEFORE = "before";

    private final Steering steering;
    private final RuleLanguage language;
    private final BulkRules bulk;
    private final String api;

    RuleRoutes(Steering steering, RuleLanguage language, BulkRules bulk, String api) {
        this.steering = steering;
        this.language = language;
        this.bulk = bulk;
        this.api = api;
    }

    void addTo(Router router) {
        String one = api + "/rules/{id}";
        router.get(api + "/rules", call -> all())
                .on(HttpMethod.POST, api + "/rules", this::add, BEFORE)
                .on(HttpMethod.POST, api + "/rules:preview", bulk::preview, BEFORE)
                .get(one, call -> shown(HttpResponseStatus.OK, get(id(call))))
                .on(HttpMethod.PUT, one, this::put)
                .on(HttpMethod.PATCH, one, this::patch)
                .on(HttpMethod.DELETE, one, this::remove);
    }

    private Answer all() {
        Snapshot now = steering.rules().current();
        return Answer.json(HttpResponseStatus.OK, RuleViews.all(now)).with(HttpHeaderNames.ETAG, tag(now.generation()));
    }

    private Answer add(Call call) {
        Optional<String> before = call.query().text(BEFORE);
        return bulk.read(call).map(rules -> bulk.add(rules, before)).orElseGet(() -> {
            RuleConfig rule = language.now().read(call.body(), BODY);
            StoredRule added = rules().edit(draft -> draft.add(rule, before));
            return shown(HttpResponseStatus.CREATED, added)
                    .with(HttpHeaderNames.LOCATION, api + "/rules/" + added.id())
                    .noting(RuleViews.note("added", List.of(added)));
        });
    }

    private Answer put(Call call) {
        RuleConfig rule = language.now().read(call.body(), BODY);
        return replaced(call, before -> rule);
    }

    private Answer patch(Call call) {
        RuleJson json = language.now();
        return replaced(call, before -> json.patch(before, call.body(), BODY));
    }

    private Answer replaced(Call call, UnaryOperator<RuleConfig> change) {
        StoredRule changed = rules().edit(draft -> {
            RuleConfig before = expected(call, draft).rule();
            return draft.replace(id(call), change.apply(before));
        });
        return shown(HttpResponseStatus.OK, changed).noting(RuleViews.note("changed", List.of(changed)));
    }

    private Answer remove(Call call) {
        language.keepFiles();
        StoredRule removed = rules().edit(draft -> {
            expected(call, draft);
            return draft.remove(id(call));
        });
        return Answer.empty().noting(RuleViews.note("removed", List.of(removed)));
    }

    /** The rule, if it is the one that If-Match names. */
    private static StoredRule expected(Call call, Draft draft) {
        StoredRule rule = draft.get(id(call));
        call.ifMatch().ifPresent(version -> draft.expect(rule.id(), version));
        return rule;
    }

    private StoredRule get(String id) {
        return steering.rules().current().rules().rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findAny()
                .orElseThrow(() -> Problem.noSuchRule(id));
    }

    private Answer shown(HttpResponseStatus status, StoredRule rule) {
        return Answer.json(status, RuleViews.one(rule, rules().current()))
                .with(HttpHeaderNames.ETAG, tag(rule.version()));
    }

    private RuleStore rules() {
        return steering.rules();
    }

    private static String id(Call call) {
        return call.path().get("id");
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }
}
