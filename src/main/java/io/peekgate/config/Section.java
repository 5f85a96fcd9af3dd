package io.peekgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A block of the configuration that is being read. What is wrong is collected and a stand-in returned, so that reading
 * goes on; a key that nobody asked for is unknown.
 */
final class Section {
    /** How one value is read. */
    interface Reading<T> {
        /**
         * Reads it.
         *
         * @throws IllegalArgumentException saying what is wrong, and the mend
         */
        T of(Node node);
    }

    private final Node node;
    private final Map<String, Node> own;
    private final Map<String, Node> defaults;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();
    private final List<Section> inner = new ArrayList<>();

    private Section(Node node, Map<String, Node> own, Optional<Node> defaults, Problems problems) {
        this.node = node;
        this.own = own;
        this.defaults = defaults.flatMap(Node::fields).orElse(Map.of());
        this.problems = problems;
    }

    /**
     * Begins to read a block.
     *
     * @param defaults what holds for the keys that {@code node} leaves out
     */
    static Section of(Node node, Optional<Node> defaults, Problems problems) {
        Map<String, Node> own = node.fields().orElseGet(() -> {
            problems.add(node, "a block { } is expected, not " + node.shown());
            return Map.of();
        });
        return new Section(node, own, defaults, problems);
    }

    Node node() {
        return node;
    }

    Set<String> keys() {
        return own.keySet();
    }

    Optional<Node> find(String key) {
        known.add(key);
        return Optional.ofNullable(own.getOrDefault(key, defaults.get(key)));
    }

    /** Null if it is wrong or missing. */
    <T> T get(String key, Reading<T> reading) {
        return get(key, reading, null);
    }

    <T> T get(String key, Reading<T> reading, T standIn) {
        Optional<Node> value = find(key);
        if (value.isEmpty()) {
            problems.add(node, '"' + key + "\" is missing");
            return standIn;
        }
        return read(value.get(), reading, standIn);
    }

    int number(String key, int least, int most) {
        return get(key, Values.number(least, most), least);
    }

    boolean flag(String key) {
        return get(key, Values::flag, false);
    }

    <T> Optional<T> optional(String key, Reading<T> reading) {
        return find(key).map(value -> read(value, reading, null));
    }

    /** A list, or one value that stands for a list of it; empty if missing. Without the items that are wrong. */
    <T> List<T> list(String key, Reading<T> reading) {
        List<T> read = new ArrayList<>();
        for (Node item :
                find(key).map(value -> value.items().orElse(List.of(value))).orElse(List.of())) {
            T value = read(item, reading, null);
            if (value != null) {
                read.add(value);
            }
        }
        return List.copyOf(read);
    }

    /** A list that must not be empty where it is given, as no reader could be sure what that means. */
    <T> List<T> some(String key, Reading<T> reading) {
        find(key)
                .filter(value -> value.items().filter(List::isEmpty).isPresent())
                .ifPresent(value -> problems.add(value, "an empty list; name at least one or leave the key out"));
        return list(key, reading);
    }

    Section section(String key) {
        return section(key, Optional.ofNullable(defaults.get(key)));
    }

    /** Empty if there is no such block, as happens where this one is not a block either. */
    Section section(String key, Optional<Node> blockDefaults) {
        return find(key)
                .map(block -> inside(block, blockDefaults))
                .orElseGet(() -> new Section(node, Map.of(), blockDefaults, problems));
    }

    /** The blocks of a list, each over the same defaults. */
    List<Section> sections(String key, Optional<Node> itemDefaults) {
        List<Section> sections = new ArrayList<>();
        for (Node item : find(key).map(this::itemsOf).orElse(List.of())) {
            sections.add(inside(item, itemDefaults));
        }
        return sections;
    }

    /** A block that belongs to this one. */
    Section inside(Node block, Optional<Node> blockDefaults) {
        Section section = of(block, blockDefaults, problems);
        inner.add(section);
        return section;
    }

    /** Says what is wrong with the value of a key, or with this block where it is left out. */
    void problem(String key, String message) {
        problems.add(own.getOrDefault(key, node), message);
    }

    /** Names the keys, here and in the blocks within, that nobody asked for. */
    void refuseUnknownKeys() {
        for (Map.Entry<String, Node> field : own.entrySet()) {
            if (!known.contains(field.getKey())) {
                problems.add(field.getValue(), "unknown key; " + Nearest.hint(field.getKey(), known));
            }
        }
        inner.forEach(Section::refuseUnknownKeys);
    }

    private <T> T read(Node value, Reading<T> reading, T standIn) {
        try {
            return reading.of(value);
        } catch (IllegalArgumentException e) {
            problems.add(value, e.getMessage());
            return standIn;
        }
    }

    private List<Node> itemsOf(Node value) {
        return value.items().orElseGet(() -> {
            problems.add(value, "a list [ ] is expected, not " + value.shown());
            return List.of();
        });
    }
}
