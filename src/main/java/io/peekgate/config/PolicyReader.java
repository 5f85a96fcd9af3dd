package io.peekgate.config;

import static io.peekgate.config.Values.oneOf;
import static io.peekgate.config.Values.unless;

import io.peekgate.config.ProxyConfig.Action;
import io.peekgate.config.ProxyConfig.OnDrop;
import io.peekgate.config.ProxyConfig.Policy;
import io.peekgate.config.ProxyConfig.PolicyTest;
import io.peekgate.config.Section.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the policy and the rule files that it names. */
final class PolicyReader {
    private static final String ORIGINAL = "original";

    private final Node itemDefaults;
    private final Function<Path, Optional<Node>> ruleFiles;

    /** @param ruleFiles a file's root; empty if it could not be parsed, which has been reported */
    PolicyReader(Node itemDefaults, Function<Path, Optional<Node>> ruleFiles) {
        this.itemDefaults = itemDefaults;
        this.ruleFiles = ruleFiles;
    }

    Policy read(Section block, Collection<String> listeners) {
        return new Policy(
                block.get("mode", oneOf(ProxyConfig.Mode.class)),
                block.get("default-action", oneOf(Action.class)),
                block.get("no-sni", unless("drop", PolicyReader::noSni)),
                block.get("ech", oneOf(ProxyConfig.Ech.class)),
                block.get("destination", oneOf(ProxyConfig.Destination.class)),
                block.get("on-drop", oneOf(OnDrop.class)),
                rules(block, new TreeSet<>(listeners)),
                block.get("state-file", PathValues::own),
                block.sections("tests", itemDefaults.field("test")).stream()
                        .map(PolicyReader::test)
                        .toList());
    }

    private List<RuleConfig> rules(Section policy, Set<String> listeners) {
        List<Section> blocks = new ArrayList<>(policy.sections("rules", itemDefaults.field("rule")));
        policy.list("rule-files", PathValues::matching).stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(file -> ruleFiles.apply(file).stream())
                .map(root -> policy.inside(root, Optional.empty()))
                .forEach(file -> blocks.addAll(file.sections("rules", itemDefaults.field("rule"))));
        return blocks.stream()
                .map(block -> rule(block, name -> listener(name, listeners), PathValues::readable))
                .toList();
    }

    /**
     * @param listener how the name of a listener is read
     * @param file how that of a match-file is
     */
    static RuleConfig rule(Section block, Reading<String> listener, Reading<Path> file) {
        NotBuiltYet.refuseInRule(block);
        RuleConfig rule = new RuleConfig(
                block.optional("name", Values::text),
                block.some("match", Values::text),
                block.some("match-file", file),
                block.list("except", Values::text),
                block.some("ports", AddressValues::port),
                block.some("sources", AddressValues.network("any", "loopback", "private")),
                block.some("alpn", Values::text),
                block.some("listeners", listener),
                block.get("action", oneOf(Action.class)),
                block.optional("on-drop", oneOf(OnDrop.class)),
                block.optional("target", AddressValues::hostPort),
                block.flag("allow-private"),
                block.optional("destination", oneOf(ProxyConfig.Destination.class)),
                block.optional("ech", oneOf(ProxyConfig.Ech.class)),
                block.flag("enabled"),
                block.get("reason", Values::text),
                block.node().origin());
        if (rule.action() == Action.DROP && rule.target().isPresent()) {
            block.problem("target", "a rule that drops has no target");
        }
        return rule;
    }

    private static String noSni(Node node) {
        if (Values.text(node).equals(ORIGINAL)) {
            return ORIGINAL;
        }
        try {
            return AddressValues.hostPort(node).toString();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or " + ORIGINAL, e);
        }
    }

    static String listener(Node name, Set<String> listeners) {
        String text = Values.text(name);
        Values.require(listeners.contains(text), name, "is no listener; " + Nearest.hint(text, listeners));
        return text;
    }

    private static PolicyTest test(Section block) {
        return new PolicyTest(
                block.get("sni", Values::text),
                block.get("port", AddressValues::port, 0),
                block.optional("source", AddressValues::address),
                block.list("alpn", Values::text),
                block.get("expect", oneOf(Action.class)),
                block.optional("rule", Values::text),
                block.node().origin());
    }
}
