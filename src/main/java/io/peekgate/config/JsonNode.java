package io.peekgate.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A value written in JSON.
 *
 * @param value a text (a number too), a flag, a list of these nodes, a map of them, or null
 */
record JsonNode(Object value, String path, String file, int line) implements Node {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads a whole document.
     *
     * @param file what to call it in messages
     * @throws InvalidConfigException naming line and column, if it is no JSON
     */
    static JsonNode parse(String text, String file) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            JsonNode document = read(json, "", file);
            if (json.nextToken() != null) {
                throw invalid(file, json.currentTokenLocation(), "something follows the end of the document");
            }
            return document;
        } catch (JacksonException e) {
            throw invalid(file, e.getLocation(), e.getOriginalMessage());
        }
    }

    /**
     * A block of {@code key=value} for each field. A value that begins with a bracket is JSON, none at all is null, and any
     * other is taken as it stands.
     *
     * @throws InvalidConfigException naming the first that is none
     */
    static JsonNode block(List<String> settings, String place) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new InvalidConfigException(
                        List.of(new Problem(place, 0, "", "key=value is expected, not \"" + setting + '"')));
            }
            String key = setting.substring(0, equals).strip();
            fields.put(key, plain(key, setting.substring(equals + 1).strip(), place));
        }
        return new JsonNode(fields, "", place, 0);
    }

    private static JsonNode plain(String key, String text, String place) {
        if (text.startsWith("[") || text.startsWith("{")) {
            JsonNode parsed = parse(text, place);
            return new JsonNode(parsed.value, key, place, 0);
        }
        return new JsonNode(text.isEmpty() ? null : text, key, place, 0);
    }

    /** @param at null where the parser does not know, as with too deep a document */
    private static InvalidConfigException invalid(String file, TokenStreamLocation at, String message) {
        String plain = message.replaceFirst("(?s)[\n(].*", "").strip();
        Problem problem = at == null
                ? new Problem(file, 0, "", "no JSON: " + plain)
                : new Problem(file, at.getLineNr(), "", "no JSON from column " + at.getColumnNr() + " on: " + plain);
        return new InvalidConfigException(List.of(problem));
    }

    private static JsonNode read(JsonParser json, String path, String file) {
        TokenStreamLocation at = json.currentTokenLocation();
        JsonToken token = json.currentToken();
        if (token == null) {
            throw invalid(file, at, "it is empty");
        }
        Object value = switch (token) {
            case START_OBJECT -> fields(json, path, file);
            case START_ARRAY -> items(json, path, file);
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_NULL -> null;
            default -> text(json, file);
        };
        return new JsonNode(value, path, file, at.getLineNr());
    }

    /** Half a surrogate pair (RFC 8259 section 8.2) could be escaped in JSON, but not be stored in UTF-8. */
    private static String text(JsonParser json, String file) {
        String text = json.getString();
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw invalid(file, json.currentTokenLocation(), "half of a surrogate pair");
        }
        return text;
    }

    private static Map<String, JsonNode> fields(JsonParser json, String path, String file) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            fields.put(key, read(json, path.isEmpty() ? key : path + '.' + key, file));
        }
        return fields;
    }

    private static List<JsonNode> items(JsonParser json, String path, String file) {
        List<JsonNode> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(json, path + '[' + items.size() + ']', file));
        }
        return items;
    }

    /**
     * A block, as it was read.
     *
     * @throws IllegalArgumentException if it is none
     */
    static JsonNode object(Node node) {
        if (node.fields().isEmpty()) {
            throw new IllegalArgumentException("a block { } is expected, not " + node.shown());
        }
        return (JsonNode) node;
    }

    void write(JsonGenerator json) {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            fields.forEach((key, field) -> {
                json.writeName((String) key);
                ((JsonNode) field).write(json);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            items.forEach(item -> ((JsonNode) item).write(json));
            json.writeEndArray();
        } else {
            writePlain(json);
        }
    }

    private void writePlain(JsonGenerator json) {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString((String) value); // null is written as such
        }
    }

    /** This block with another's fields instead of its own of the same key; null takes one away (RFC 7396). */
    JsonNode patched(JsonNode patch) {
        Map<String, Node> merged = new TreeMap<>(fields().orElse(Map.of()));
        patch.fields().orElse(Map.of()).forEach((key, field) -> {
            if (((JsonNode) field).value == null) {
                merged.remove(key);
            } else {
                merged.put(key, field);
            }
        });
        return new JsonNode(merged, path, patch.file, patch.line);
    }

    @Override
    public Optional<String> text() {
        boolean plain = value instanceof String || value instanceof Boolean;
        return plain ? Optional.of(value.toString()) : Optional.empty();
    }

    @Override
    public Optional<Boolean> flag() {
        return text().filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::valueOf);
    }

    /** No rule has one. */
    @Override
    public Optional<Duration> duration() {
        return Optional.empty();
    }

    /** No rule has one. */
    @Override
    public Optional<Long> bytes() {
        return Optional.empty();
    }

    @Override
    public Optional<List<Node>> items() {
        return value instanceof List<?> items
                ? Optional.of(items.stream().map(Node.class::cast).toList())
                : Optional.empty();
    }

    @Override
    public Optional<Map<String, Node>> fields() {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Node> fields = new TreeMap<>();
        map.forEach((key, field) -> fields.put((String) key, (Node) field));
        return Optional.of(Collections.unmodifiableMap(fields));
    }

    /** What is made at run time is no part of a file that a person keeps: the working directory counts. */
    @Override
    public Path resolve(String relative) {
        return Path.of(relative);
    }
}
