package io.peekgate.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of the configuration and where it stands, whatever language it is written in. A value that is not of the kind
 * that is asked for is empty.
 */
interface Node {
    /** The file, or what else it came from. */
    String file();

    /** From 1; 0 where there are no lines. */
    int line();

    /** From the root, such as {@code peekgate.policy.rules[2].ports}. */
    String path();

    Optional<String> text();

    Optional<Boolean> flag();

    /** A number without a unit counts as milliseconds. */
    Optional<Duration> duration();

    /** A number without a unit counts as bytes. */
    Optional<Long> bytes();

    Optional<List<Node>> items();

    /** In the order of their keys. */
    Optional<Map<String, Node>> fields();

    /** A path that this value names, relative to the file that names it. */
    Path resolve(String relative);

    default Optional<Node> field(String key) {
        return fields().map(fields -> fields.get(key));
    }

    /** {@code file:line}. */
    default String origin() {
        return line() > 0 ? file() + ":" + line() : file();
    }

    /** For messages. */
    default String shown() {
        return text().map(text -> '"' + text + '"')
                .orElseGet(() -> items().isPresent() ? "a list" : fields().isPresent() ? "a block" : "null");
    }
}
