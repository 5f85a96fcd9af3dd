package io.peekgate.rules;

import io.peekgate.config.RuleConfig;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * What became of one entry of somebody else's list.
 *
 * @param place {@code file:line}
 * @param text the entry as it was written
 * @param rule what it became; empty if there is no such rule
 * @param remark why it became no rule, or what to know of the one it became; may be empty
 */
public record Imported(String place, String text, Optional<RuleConfig> rule, String remark) {
    static Imported of(RuleConfig rule, String place, String text, String remark) {
        return PolicyCompiler.problem(rule)
                .map(problem -> none(place, text, problem))
                .orElseGet(() -> new Imported(place, text, Optional.of(rule), remark));
    }

    static Imported none(String place, String text, String why) {
        return new Imported(place, text, Optional.empty(), why);
    }

    /** Writes the fields into the object that was begun. */
    public void write(JsonGenerator json) {
        json.writeStringProperty("place", place);
        json.writeStringProperty("text", text);
        rule.ifPresent(became -> json.writeStringProperty("rule", RuleText.of(became)));
        if (!remark.isEmpty()) {
            json.writeStringProperty("remark", remark);
        }
    }
}
