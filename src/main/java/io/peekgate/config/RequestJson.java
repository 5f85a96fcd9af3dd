package io.peekgate.config;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /**
     * A rule's new place.
     *
     * @param before the rule that it is to stand before; empty: behind all others
     */
    public record Move(String id, Optional<String> before) {}

    /** The move of {@code {"id": "r1", "before": "r2"}}. */
    public static Move move(String json) {
        return read(json, block -> new Move(block.get("id", Values::text, ""), block.optional("before", Values::text)));
    }

    /** The mode of {@code {"mode": "observe"}}. */
    public static ProxyConfig.Mode mode(String json) {
        return read(json, block -> block.get("mode", Values.oneOf(ProxyConfig.Mode.class)));
    }

    /**
     * The connection that is to be explained.
     *
     * @param listeners the names that it may name
     */
    public static ExplainBody explain(String json, Collection<String> listeners) {
        return read(json, block -> explain(block, new TreeSet<>(listeners)));
    }

    private static ExplainBody explain(Section block, Set<String> listeners) {
        ExplainBody body = new ExplainBody(
                block.optional("sni", Values::text),
                block.optional("hello", Values::text),
                block.optional("port", AddressValues::port),
                block.optional("source", AddressValues::address),
                block.list("alpn", Values::text),
                block.optional("original", AddressValues::server),
                block.optional("listener", name -> PolicyReader.listener(name, listeners)),
                block.optional("resolve", Values::flag).orElse(false));
        if (body.sni().isPresent() == body.hello().isPresent()) {
            block.problem("hello", "either \"sni\" or \"hello\" is expected");
        }
        boolean twoPorts = body.port().isPresent()
                && body.original()
                        .filter(dialled -> dialled.getPort() != body.port().get())
                        .isPresent();
        if (twoPorts) {
            block.problem("port", "the client dialled one port; leave it out beside \"original\"");
        }
        return body;
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
