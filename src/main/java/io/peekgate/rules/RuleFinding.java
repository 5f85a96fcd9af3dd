package io.peekgate.rules;

import io.peekgate.config.JsonText;
import io.peekgate.route.Hygiene;
import io.peekgate.route.Policy;
import io.peekgate.route.Rule;
import io.peekgate.route.Usage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Something in the rules that is valid and yet hardly what was meant.
 *
 * @param place {@code file:line}, in a match-file {@code file:line:column}
 * @param rule its name, else its id
 * @param kind a word for programs
 * @param found what is so, as a sentence of which the rule is the subject, or its pattern
 */
public record RuleFinding(String place, String rule, String kind, String found, String mend) {

    /** What is to be found in a policy's rules, in their order. */
    public static List<RuleFinding> in(Policy policy) {
        List<Rule> rules = policy.rules();
        return Hygiene.of(rules).stream()
                .map(finding -> of(rules.get(finding.rule()), finding))
                .toList();
    }

    /**
     * What the counters of a policy in force tell of those of its rules that are the same in another one.
     *
     * @param other what would be in force after a reload
     */
    public static List<RuleFinding> counted(Policy policy, Policy other) {
        List<Rule> rules = policy.rules();
        Set<Rule> kept = new HashSet<>(other.rules());
        return Usage.of(policy).stream()
                .filter(finding -> kept.contains(rules.get(finding.rule())))
                .map(finding -> of(rules.get(finding.rule()), finding))
                .toList();
    }

    /** What a check comes to, as JSON; valid if there are no problems. */
    public static String json(List<String> problems, List<RuleFinding> findings) {
        return JsonText.object(json -> {
            json.writeBooleanProperty("valid", problems.isEmpty());
            JsonText.strings(json, "problems", problems);
            json.writeArrayPropertyStart("findings");
            findings.forEach(finding -> finding.write(json));
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("place", place);
        json.writeStringProperty("rule", rule);
        json.writeStringProperty("kind", kind);
        json.writeStringProperty("found", found);
        json.writeStringProperty("mend", mend);
        json.writeEndObject();
    }

    private static RuleFinding of(Rule rule, Hygiene.Finding finding) {
        String subject = finding.pattern().isPresent()
                ? "pattern \"" + match(rule).get(finding.pattern().getAsInt()) + "\" "
                : "";
        String place =
                finding.pattern().isPresent() ? place(rule, finding.pattern().getAsInt()) : rule.origin();
        String kind = finding.kind().name().toLowerCase(Locale.ROOT);
        return new RuleFinding(place, rule.label(), kind, subject + finding.found(), finding.mend());
    }

    private static List<String> match(Rule rule) {
        return rule.conditions().match().orElseThrow();
    }

    /** Only patterns that were read from files know more than their rule. */
    private static String place(Rule rule, int pattern) {
        return match(rule) instanceof PatternList patterns ? patterns.place(pattern) : rule.origin();
    }

    /** As compilers write it. */
    @Override
    public String toString() {
        return place + ": rule " + rule + ": " + found + "; " + mend;
    }
}
