package io.peekgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A value written in HOCON.
 *
 * @param home where the built-in defaults are thought to stand
 * @param named hears of each file and directory that a value names
 */
record HoconNode(ConfigValue value, String path, Path home, Consumer<Path> named) implements Node {
    /** How the library describes a value that was put together, as {@code ${state-dir}"/x"} is: by all that went into it. */
    private static final Pattern MERGED = Pattern.compile("(?s)merge of (.*?)(: \\d+)?,.*");

    /** A block that was parsed. */
    static HoconNode root(Config config, Path home, Consumer<Path> named) {
        return new HoconNode(config.root(), "", home, named);
    }

    static String file(ConfigOrigin origin) {
        if (origin.resource() != null) {
            return "built-in defaults";
        }
        return origin.filename() != null
                ? origin.filename()
                : MERGED.matcher(origin.description()).replaceFirst("$1").replaceFirst(": [0-9]+$", "");
    }

    static int line(ConfigOrigin origin) {
        return origin.filename() == null || origin.resource() != null ? 0 : Math.max(0, origin.lineNumber());
    }

    @Override
    public String file() {
        return file(place(value));
    }

    @Override
    public int line() {
        return line(place(value));
    }

    @Override
    public Optional<String> text() {
        return as(Config::getString);
    }

    @Override
    public Optional<Boolean> flag() {
        return as(Config::getBoolean);
    }

    @Override
    public Optional<Duration> duration() {
        return as(Config::getDuration);
    }

    @Override
    public Optional<Long> bytes() {
        return as(Config::getBytes);
    }

    @Override
    public Optional<List<Node>> items() {
        return as(Config::getList).map(list -> {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(inner(item, path + '[' + items.size() + ']')));
            return items;
        });
    }

    @Override
    public Optional<Map<String, Node>> fields() {
        return value instanceof ConfigObject object ? Optional.of(fields(object)) : Optional.empty();
    }

    @Override
    public Path resolve(String relative) {
        Path path = value.origin().resource() != null ? home.resolve(relative) : beside(relative);
        named.accept(path);
        return path;
    }

    private Path beside(String relative) {
        String file = value.origin().filename();
        return file == null ? Path.of(relative) : Path.of(file).resolveSibling(relative);
    }

    private HoconNode inner(ConfigValue value, String path) {
        return new HoconNode(value, path, home, named);
    }

    /** Each value below this one that is neither a block nor a list of blocks, in the order of their keys. */
    Stream<Setting> settings() {
        if (value instanceof ConfigObject || isListOfBlocks()) {
            return inside().map(HoconNode.class::cast).flatMap(HoconNode::settings);
        }
        return Stream.of(new Setting(path, value.render(ConfigRenderOptions.concise()), origin()));
    }

    private boolean isListOfBlocks() {
        return value instanceof ConfigList list
                && !list.isEmpty()
                && list.stream().allMatch(ConfigObject.class::isInstance);
    }

    private Stream<Node> inside() {
        return fields()
                .map(Map::values)
                .<Collection<Node>>map(values -> values)
                .or(this::items)
                .orElse(List.of())
                .stream();
    }

    private Map<String, Node> fields(ConfigObject object) {
        Map<String, Node> fields = new TreeMap<>();
        String prefix = path.isEmpty() ? "" : path + '.';
        object.forEach((key, field) -> fields.put(key, inner(field, prefix + key)));
        return fields;
    }

    /** A block that was put together from several sources has no place of its own: its first key's stands for it. */
    private static ConfigOrigin place(ConfigValue value) {
        boolean assembled = value.origin().filename() == null && value.origin().resource() == null;
        return assembled && value instanceof ConfigObject block && !block.isEmpty()
                ? place(new TreeMap<>(block).firstEntry().getValue())
                : value.origin();
    }

    private <T> Optional<T> as(BiFunction<Config, String, T> getter) {
        try {
            return Optional.of(getter.apply(value.atKey("value"), "value"));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }
}
