package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object, as a reader of a log or of a command's answer sees it.
 *
 * @param fields in the order of the text; values are texts, numbers, truths, and lists and maps of these
 */
public record JsonLine(Map<String, Object> fields) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Throws if the text is anything but one JSON object. */
    public static JsonLine parse(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            assertThat(parser.nextToken()).as(text).isEqualTo(JsonToken.START_OBJECT);
            JsonLine line = new JsonLine(object(parser));
            assertThat(parser.nextToken()).as("after the object of %s", text).isNull();
            return line;
        }
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** A field that must be there. */
    public String text(String field) {
        return value(field, String.class);
    }

    /** A field that must be there. */
    public double number(String field) {
        return value(field, BigDecimal.class).doubleValue();
    }

    /** A field that must be there. */
    public List<?> list(String field) {
        return value(field, List.class);
    }

    private <T> T value(String field, Class<T> type) {
        assertThat(fields).containsKey(field);
        return type.cast(fields.get(field));
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> parser.getString();
        };
    }
}
