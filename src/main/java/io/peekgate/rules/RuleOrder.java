package io.peekgate.rules;

import io.peekgate.config.StoredRule;
import io.peekgate.rules.RuleEditException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules in their order as an edit changes it. What is done to one takes the same time however many others there are: a
 * batch of a megabyte moves tens of thousands, and all other edits wait for it.
 */
final class RuleOrder {
    /** A rule between its neighbours in a ring. */
    private static final class Link {
        private StoredRule rule;
        private Link last = this;
        private Link next = this;

        private Link(StoredRule rule) {
            this.rule = rule;
        }

        private void leave() {
            last.next = next;
            next.last = last;
        }

        private void joinBefore(Link other) {
            last = other.last;
            next = other;
            last.next = this;
            next.last = this;
        }
    }

    private final Map<String, Link> links;
    /** Without a rule, before the first and behind the last. */
    private final Link ends = new Link(null);

    RuleOrder(List<StoredRule> rules) {
        links = new HashMap<>(2 * rules.size());
        rules.forEach(rule -> add(rule, Optional.empty()));
    }

    StoredRule get(String id) {
        return link(id).rule;
    }

    /** @param before the rule that it is to stand before; empty: behind all others */
    void add(StoredRule rule, Optional<String> before) {
        Link added = new Link(rule);
        added.joinBefore(place(before));
        links.put(rule.id(), added);
    }

    /** Puts it in the place of the one with its id. */
    void replace(StoredRule rule) {
        link(rule.id()).rule = rule;
    }

    StoredRule remove(String id) {
        Link removed = link(id);
        removed.leave();
        links.remove(id);
        return removed.rule;
    }

    List<StoredRule> list() {
        List<StoredRule> rules = new ArrayList<>(links.size());
        for (Link link = ends.next; link != ends; link = link.next) {
            rules.add(link.rule);
        }
        return rules;
    }

    private Link place(Optional<String> before) {
        return before.map(this::link).orElse(ends);
    }

    /** @throws RuleEditException if it is not there */
    private Link link(String id) {
        Link link = links.get(id);
        if (link == null) {
            throw new RuleEditException(Kind.NO_SUCH_RULE, "there is no rule " + id + " among those made at run time");
        }
        return link;
    }
}
