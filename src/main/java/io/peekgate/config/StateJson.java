package io.peekgate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The state file's language: one JSON object, with a line for each rule, so that people can read and compare it. */
public final class StateJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FORMAT = 1;

    private StateJson() {}

    /**
     * Reads what {@link #write} wrote, or a person. A rule may name a listener that there is no longer: it matches nothing.
     *
     * @param file what messages call it, and where the rules are said to stand
     * @throws InvalidConfigException naming all that is wrong, by line
     */
    public static StoredRules read(String text, String file) {
        Problems problems = new Problems();
        Section top = Section.of(JsonNode.parse(text, file), Optional.empty(), problems);
        top.number("format", FORMAT, FORMAT);
        List<StoredRule> rules = top.sections("rules", RuleJson.DEFAULTS).stream()
                .map(block -> rule(block, file))
                .toList();
        StoredRules stored = new StoredRules(number(top, "generation"), number(top, "last-id"), rules);
        top.refuseUnknownKeys();
        problems.throwIfAny();
        return stored;
    }

    private static StoredRule rule(Section block, String file) {
        return new StoredRule(
                block.get("id", Values::text),
                number(block, "version"),
                PolicyReader.rule(block, Values::text, PathValues::readable).at(file));
    }

    private static long number(Section block, String key) {
        return block.get(key, Values::count, 0L);
    }

    /** All of it, as UTF-8; what UTF-8 has no bytes for becomes a question mark, since else nobody could read the rest. */
    public static byte[] write(StoredRules stored) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json =
                JSON.createGenerator(ObjectWriteContext.empty(), new OutputStreamWriter(bytes, UTF_8))) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeNumberProperty("generation", stored.generation());
            json.writeNumberProperty("last-id", stored.lastId());
            json.writeArrayPropertyStart("rules");
            stored.rules().forEach(rule -> line(json, rule));
            json.writeRaw('\n');
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private static void line(JsonGenerator json, StoredRule rule) {
        json.writeStartObject();
        RuleWriter.write(json, rule);
        json.writeEndObject();
    }
}
