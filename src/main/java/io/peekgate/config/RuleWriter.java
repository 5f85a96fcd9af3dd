package io.peekgate.config;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes rules as JSON, with the configuration's keys and without those that say what holds anyway. */
public final class RuleWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private RuleWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the fields of a rule into the object that was begun. */
    public static void write(JsonGenerator json, RuleConfig rule) {
        new RuleWriter(json).fields(rule);
    }

    /** The same with the id and version before them. */
    public static void write(JsonGenerator json, StoredRule stored) {
        json.writeStringProperty("id", stored.id());
        json.writeNumberProperty("version", stored.version());
        write(json, stored.rule());
    }

    /** One rule as an object. */
    static String text(RuleConfig rule) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            write(json, rule);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void fields(RuleConfig rule) {
        rule.name().ifPresent(name -> json.writeStringProperty("name", name));
        list("match", rule.match());
        list("match-file", rule.matchFiles());
        list("except", rule.except());
        list("ports", rule.ports());
        list("sources", rule.sources());
        list("alpn", rule.alpn());
        list("listeners", rule.listeners());
        word("action", rule.action());
        rule.onDrop().ifPresent(onDrop -> word("on-drop", onDrop));
        rule.target().ifPresent(target -> json.writeStringProperty("target", target.toString()));
        if (rule.allowPrivate()) {
            json.writeBooleanProperty("allow-private", true);
        }
        rule.destination().ifPresent(destination -> word("destination", destination));
        rule.ech().ifPresent(ech -> word("ech", ech));
        if (!rule.enabled()) {
            json.writeBooleanProperty("enabled", false);
        }
        if (!rule.reason().isEmpty()) {
            json.writeStringProperty("reason", rule.reason());
        }
    }

    private void word(String key, Enum<?> constant) {
        json.writeStringProperty(key, constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private void list(String key, Collection<?> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(key);
            values.forEach(this::item);
            json.writeEndArray();
        }
    }

    private void item(Object value) {
        if (value instanceof Integer number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }
}
