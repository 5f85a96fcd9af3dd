package io.peekgate.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object from a source that is known to be right, such as a gateway's own answer; what is missing is empty.
 *
 * @param fields in the order of the text: texts, numbers, flags, nulls, lists and maps of these
 */
public record JsonView(Map<String, Object> fields) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JsonView parse(String text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no JSON object: " + text);
            }
            return new JsonView(fields(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    private static Map<String, Object> fields(JsonParser json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            fields.put(key, value(json));
        }
        return fields;
    }

    private static List<Object> items(JsonParser json) {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(json));
        }
        return items;
    }

    private static Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> fields(json);
            case START_ARRAY -> items(json);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_NULL -> null;
            default -> json.getString();
        };
    }

    public boolean has(String key) {
        return fields.containsKey(key);
    }

    /** A value as text; empty if it is not there. */
    public String text(String key) {
        return Optional.ofNullable(fields.get(key)).map(JsonView::plain).orElse("");
    }

    /** The texts of a list; none if it is not there. */
    public List<String> texts(String key) {
        return fields.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** 0 if it is not there. */
    public double number(String key) {
        return fields.get(key) instanceof BigDecimal number ? number.doubleValue() : 0;
    }

    public boolean flag(String key) {
        return Boolean.TRUE.equals(fields.get(key));
    }

    /** Empty if it is not there. */
    @SuppressWarnings("unchecked") // an object's keys are texts
    public JsonView object(String key) {
        return new JsonView(fields.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }

    /** The objects of a list; none if it is not there. */
    @SuppressWarnings("unchecked")
    public List<JsonView> objects(String key) {
        return fields.get(key) instanceof List<?> list
                ? list.stream()
                        .map(map -> new JsonView((Map<String, Object>) map))
                        .toList()
                : List.of();
    }
}
