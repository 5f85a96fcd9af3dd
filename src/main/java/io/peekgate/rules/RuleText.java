package io.peekgate.rules;

import io.peekgate.config.RuleConfig;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Rules as they are written in the configuration, one a line, each value in quotes that any reader of HOCON knows. */
public final class RuleText {
    private final StringJoiner keys = new StringJoiner(", ", "{ ", " }");

    private RuleText() {}

    /** A block for a rule file, or for {@code peekgate.policy}; lines in it are indented by two spaces. */
    public static String rules(List<RuleConfig> rules) {
        return rules.stream().map(rule -> "  " + of(rule) + "\n").collect(Collectors.joining("", "rules = [\n", "]\n"));
    }

    /** One rule, without the keys that say what holds anyway. */
    public static String of(RuleConfig rule) {
        return new RuleText().write(rule);
    }

    private String write(RuleConfig rule) {
        rule.name().ifPresent(name -> put("name", quoted(name)));
        texts("match", rule.match());
        texts(
                "match-file",
                rule.matchFiles().stream()
                        .map(file -> file.toAbsolutePath().normalize().toString())
                        .toList());
        texts("except", rule.except());
        list("ports", rule.ports().stream().map(Object::toString).toList());
        texts("sources", rule.sources());
        texts("alpn", rule.alpn());
        texts("listeners", rule.listeners());
        put("action", word(rule.action()));
        rule.onDrop().ifPresent(onDrop -> put("on-drop", word(onDrop)));
        rule.target().ifPresent(target -> put("target", quoted(target.toString())));
        if (rule.allowPrivate()) {
            put("allow-private", "true");
        }
        rule.destination().ifPresent(destination -> put("destination", word(destination)));
        rule.ech().ifPresent(ech -> put("ech", word(ech)));
        if (!rule.enabled()) {
            put("enabled", "false");
        }
        if (!rule.reason().isEmpty()) {
            put("reason", quoted(rule.reason()));
        }
        return keys.toString();
    }

    private void put(String key, String value) {
        keys.add(key + " = " + value);
    }

    private void texts(String key, List<String> values) {
        list(key, values.stream().map(RuleText::quoted).toList());
    }

    private void list(String key, List<String> values) {
        if (values.size() == 1) {
            put(key, values.get(0));
        } else if (!values.isEmpty()) {
            put(key, "[" + String.join(", ", values) + "]");
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As a JSON string (RFC 8259 section 7), all that is not printable ASCII escaped. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
