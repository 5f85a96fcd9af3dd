package io.peekgate.report;

import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object on one line, in printable ASCII: everything else is escaped, lone surrogates too. Absent values (empty
 * texts and lists, negative durations) are left out.
 */
final class JsonObject {
    private static final JsonFactory JSON = JsonFactory.builder()
            .highestNonEscapedChar(0x7f)
            .characterEscapes(new DeleteToo())
            .build();

    private final StringWriter line = new StringWriter(512);
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line);

    JsonObject() {
        json.writeStartObject();
    }

    JsonObject text(String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
        return this;
    }

    JsonObject texts(String name, List<String> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(name);
            values.forEach(json::writeString);
            json.writeEndArray();
        }
        return this;
    }

    JsonObject number(String name, long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    /** Absent unless it holds. */
    JsonObject flag(String name, boolean holds) {
        if (holds) {
            json.writeBooleanProperty(name, true);
        }
        return this;
    }

    JsonObject millis(String name, long nanos) {
        if (nanos >= 0) {
            json.writeName(name).writeNumber(Plain.millis(nanos));
        }
        return this;
    }

    /** Ends the object; to be called once. */
    String end() {
        json.writeEndObject();
        json.close();
        return line.toString();
    }

    /** JSON lets DEL stand unescaped (RFC 8259 section 7); a terminal should not see it. */
    private static final class DeleteToo extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[0x7f] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}
