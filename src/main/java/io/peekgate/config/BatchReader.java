package io.peekgate.config;

import java.util.List;
import java.util.Optional;

/** Reads changes of rules as they are written down. */
final class BatchReader {
    /** What a change is called. */
    private enum Operation {
        ADD,
        REPLACE,
        PATCH,
        REMOVE,
        MOVE
    }

    private final RuleJson language;

    BatchReader(RuleJson language) {
        this.language = language;
    }

    RuleBatch read(JsonNode node) {
        Problems problems = new Problems();
        Section block = Section.of(node, Optional.empty(), problems);
        Optional<Long> generation = block.optional("generation", Values::count);
        List<Section> operations = block.sections("operations", Optional.empty());
        if (operations.isEmpty()) {
            block.problem("operations", "at least one operation is expected");
        }
        List<RuleBatch.Change> changes =
                operations.stream().flatMap(each -> change(each).stream()).toList();
        block.refuseUnknownKeys();
        problems.throwIfAny();
        return new RuleBatch(generation, changes);
    }

    /** Empty if it has no name, or a wrong one. */
    private Optional<RuleBatch.Change> change(Section block) {
        return Optional.ofNullable(block.get("op", Values.oneOf(Operation.class)))
                .map(operation -> change(operation, block));
    }

    private RuleBatch.Change change(Operation operation, Section block) {
        String id = operation == Operation.ADD ? "" : block.get("id", Values::text);
        return switch (operation) {
            case ADD -> add(block);
            case REPLACE -> replace(id, block);
            case PATCH -> patch(id, block);
            case REMOVE -> rules -> rules.remove(id);
            case MOVE -> move(id, block);
        };
    }

    private RuleBatch.Change add(Section block) {
        RuleConfig rule = rule(block);
        Optional<String> before = block.optional("before", Values::text);
        return rules -> rules.add(rule, before);
    }

    private RuleBatch.Change replace(String id, Section block) {
        RuleConfig rule = rule(block);
        return rules -> rules.replace(id, rule);
    }

    private RuleBatch.Change patch(String id, Section block) {
        JsonNode patch = block.get("rule", JsonNode::object);
        return rules -> rules.replace(id, language.patch(rules.get(id).rule(), patch));
    }

    private static RuleBatch.Change move(String id, Section block) {
        Optional<String> before = block.optional("before", Values::text);
        return rules -> rules.move(id, before);
    }

    private RuleConfig rule(Section block) {
        block.get("rule", JsonNode::object);
        return language.read(block.section("rule", RuleJson.DEFAULTS));
    }
}
