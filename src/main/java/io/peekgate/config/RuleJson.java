package io.peekgate.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * Rules in JSON, as people and programs send them: the keys of a rule in the configuration, a list or one value where
 * that has lists.
 */
public final class RuleJson {
    /** What holds for the keys that a rule leaves out. */
    static final Optional<Node> DEFAULTS = Optional.of(ConfigLoader.itemDefaults("rule"));

    /** In characters; what is sent is much shorter, unless its lines have much in common. */
    private static final long LONGEST_BULK = 16 << 20;

    private final Set<String> listeners;
    private final Predicate<Path> files;

    /** @param listeners the names that a rule may name */
    public RuleJson(Collection<String> listeners) {
        this(listeners, any -> true);
    }

    /**
     * Rules of those who may not read each file of this machine: what is said of a wrong pattern tells what it is.
     *
     * @param files which ones a rule may name, absolute and normalized; asked before the file is looked at
     */
    public RuleJson(Collection<String> listeners, Predicate<Path> files) {
        this.listeners = new TreeSet<>(listeners);
        this.files = files;
    }

    /**
     * One rule.
     *
     * @param place what messages call the text
     * @throws InvalidConfigException naming all that is wrong, by line, and the nearest key for an unknown one
     */
    public RuleConfig read(String json, String place) {
        return read(JsonNode.parse(json, place));
    }

    /**
     * A rule with some of its keys changed.
     *
     * @param json an object of the keys to change; null takes a key away (RFC 7396)
     * @throws InvalidConfigException as {@link #read}
     */
    public RuleConfig patch(RuleConfig rule, String json, String place) {
        return patch(rule, JsonNode.parse(json, place));
    }

    /**
     * A rule of {@code key=value} for each key, where a value that begins with a bracket is JSON, an empty one is none, and
     * any other is taken as it stands.
     *
     * @throws InvalidConfigException as {@link #read}
     */
    public RuleConfig read(List<String> settings, String place) {
        return read(JsonNode.block(settings, place));
    }

    /**
     * Writes an object of {@code key=value} for each key into the array or object that was begun.
     *
     * @throws InvalidConfigException naming the first that is none
     */
    public static void write(JsonGenerator json, List<String> settings, String place) {
        JsonNode.block(settings, place).write(json);
    }

    /**
     * Many rules, as in {@code {"patterns": ["a.example", "b.example # why"], "action": "drop"}}.
     *
     * @return empty if there are no {@code patterns}
     * @throws InvalidConfigException as {@link #read}
     */
    public Optional<RuleBulk> bulk(String json, String place) {
        JsonNode node = JsonNode.parse(json, place);
        return node.field("patterns").map(patterns -> bulk(node));
    }

    private RuleBulk bulk(JsonNode node) {
        Problems problems = new Problems();
        Section block = Section.of(node, DEFAULTS, problems);
        List<String> lines = block.list("patterns", Values::text);
        RuleConfig common = read(block);
        Stream.of("match", "match-file")
                .filter(key -> node.field(key).isPresent())
                .forEach(key -> block.problem(key, "the patterns are what the rules match; leave it out"));
        block.refuseUnknownKeys();
        problems.throwIfAny();
        if (lines.size() * (long) RuleWriter.text(common).length() > LONGEST_BULK) {
            block.problem("patterns", "what the rules have in common is too long for so many; send less at once");
        }
        problems.throwIfAny();
        return new RuleBulk(lines, common);
    }

    /**
     * Changes, as in {@code {"generation": 7, "operations": [{"op": "remove", "id": "r1"}]}}. What is patched is judged when
     * the patch is applied.
     *
     * @throws InvalidConfigException as {@link #read}
     */
    public RuleBatch batch(String json, String place) {
        return new BatchReader(this).read(JsonNode.parse(json, place));
    }

    RuleConfig patch(RuleConfig rule, JsonNode patch) {
        JsonNode before = JsonNode.parse(RuleWriter.text(rule), patch.file());
        return patch.fields().isPresent() ? read(before.patched(patch)) : read(patch);
    }

    private RuleConfig read(JsonNode node) {
        Problems problems = new Problems();
        Section block = Section.of(node, DEFAULTS, problems);
        RuleConfig rule = read(block);
        block.refuseUnknownKeys();
        problems.throwIfAny();
        return rule;
    }

    RuleConfig read(Section block) {
        return PolicyReader.rule(block, name -> PolicyReader.listener(name, listeners), this::file);
    }

    private Path file(Node node) {
        Path file = node.resolve(Values.text(node));
        Values.require(
                files.test(file.toAbsolutePath().normalize()),
                node,
                "is named by no rule in force; only a file of the configuration can bring a new one in");
        return PathValues.readable(node);
    }
}
