package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.config.RuleConfig;
import io.peekgate.config.RuleJson;
import io.peekgate.config.RuleWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Changes of rules, as the admin API takes them. */
final class BatchText {
    private final List<Consumer<JsonGenerator>> operations = new ArrayList<>();

    BatchText add(RuleConfig rule, Optional<String> before) {
        return operation("add", json -> {
            json.writeObjectPropertyStart("rule");
            RuleWriter.write(json, rule);
            json.writeEndObject();
            before.ifPresent(id -> json.writeStringProperty("before", id));
        });
    }

    /** @param settings each {@code key=value} */
    BatchText patch(String id, List<String> settings) {
        return operation("patch", json -> {
            json.writeStringProperty("id", id);
            json.writeName("rule");
            RuleJson.write(json, settings, "rule " + id);
        });
    }

    BatchText remove(String id) {
        return operation("remove", json -> json.writeStringProperty("id", id));
    }

    BatchText move(String id, Optional<String> before) {
        return operation("move", json -> {
            json.writeStringProperty("id", id);
            before.ifPresent(other -> json.writeStringProperty("before", other));
        });
    }

    private BatchText operation(String name, Consumer<JsonGenerator> fields) {
        operations.add(json -> {
            json.writeStartObject();
            json.writeStringProperty("op", name);
            fields.accept(json);
            json.writeEndObject();
        });
        return this;
    }

    /** The body of {@code POST /rules:batch}. */
    String json() {
        return JsonText.object(json -> {
            json.writeArrayPropertyStart("operations");
            operations.forEach(operation -> operation.accept(json));
            json.writeEndArray();
        });
    }
}
