package io.peekgate.admin;

import io.peekgate.config.JsonText;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleWriter;
import io.peekgate.config.StoredRule;
import io.peekgate.rules.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Rules as clients see them: the configuration's keys, and what is known besides. */
final class RuleViews {
    private static final int NOTED = 5;
    private static final int LONGEST_NOTE = 500;

    private RuleViews() {}

    /** All of them, in the order in which they are asked. */
    static String all(Snapshot now) {
        return JsonText.object(json -> {
            json.writeNumberProperty("generation", now.generation());
            json.writeArrayPropertyStart("rules");
            List<StoredRule> stored = now.rules().rules();
            for (int i = 0; i < stored.size(); i++) {
                json.writeStartObject();
                runtime(json, stored.get(i), now, OptionalInt.of(i));
                json.writeEndObject();
            }
            for (int i = 0; i < now.configured().size(); i++) {
                json.writeStartObject();
                RuleWriter.write(json, now.configured().get(i));
                besides(json, now.configured().get(i), false, now, OptionalInt.of(stored.size() + i));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * One that was made at run time.
     *
     * @param now may be so late that the rule is in it no more
     */
    static String one(StoredRule rule, Snapshot now) {
        return JsonText.object(json -> runtime(json, rule, now, now.place(rule.id())));
    }

    private static void runtime(JsonGenerator json, StoredRule rule, Snapshot now, OptionalInt place) {
        RuleWriter.write(json, rule);
        besides(json, rule.rule(), true, now, place);
    }

    private static void besides(
            JsonGenerator json, RuleConfig rule, boolean editable, Snapshot now, OptionalInt place) {
        json.writeStringProperty("origin", rule.origin());
        json.writeBooleanProperty("editable", editable);
        json.writeNumberProperty("hits", place.isPresent() ? now.policy().hits(place.getAsInt()) : 0);
        if (place.isPresent() && !rule.matchFiles().isEmpty()) {
            json.writeNumberProperty("patterns", now.policy().patterns(place.getAsInt()));
        }
    }

    /** For the audit line: which rules, and for which names. */
    static String note(String verb, List<StoredRule> rules) {
        String some = rules.stream().limit(NOTED).map(RuleViews::note).collect(Collectors.joining(", "));
        String noted = verb + " " + some + (rules.size() > NOTED ? " and " + (rules.size() - NOTED) + " more" : "");
        return noted.length() > LONGEST_NOTE ? noted.substring(0, LONGEST_NOTE) + "..." : noted;
    }

    private static String note(StoredRule rule) {
        List<String> match = rule.rule().match();
        String names = match.stream().limit(NOTED).collect(Collectors.joining(" "));
        return rule.id() + " (" + rule.rule().action().name().toLowerCase(Locale.ROOT) + " " + names
                + (match.size() > NOTED ? " ..." : "") + ")";
    }
}
