package io.peekgate.config;

import java.util.Optional;
import java.util.function.Function;

/** Reads what is sent to the admin API, as strictly as the configuration: an unknown key is an error. */
public final class RequestJson {
    private static final String PLACE = "body";

    private RequestJson() {}

    /**
     * The one text of an object that has nothing else.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public static String text(String json, String key) {
        return read(json, block -> block.get(key, Values::text, ""));
    }

    private static <T> T read(String json, Function<Section, T> reading) {
        Problems problems = new Problems();
        Section block = Section.of(JsonNode.parse(json, PLACE), Optional.empty(), problems);
        T value = reading.apply(block);
        block.refuseUnknownKeys();
        problems.throwIfAny();
        return value;
    }
}
