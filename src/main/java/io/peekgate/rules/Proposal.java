package io.peekgate.rules;

import io.peekgate.config.ProxyConfig.Action;
import io.peekgate.config.RuleConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A rule set for the connections that were seen: a rule for each name, or one wildcard for names that are siblings and many.
 * A wildcard keeps at least three labels behind its star, since what stands behind fewer may belong to many owners
 * ({@code *.co.example}), and leaves its own apex out.
 */
public final class Proposal {
    private static final int KEPT_LABELS = 3;
    private static final int SHOWN = 3;

    private final int fold;
    private final Map<String, Sightings> names = new TreeMap<>();

    /** @param fold from how many siblings on they become one wildcard; more than 1 */
    public Proposal(int fold) {
        this.fold = fold;
    }

    /**
     * A connection that passed.
     *
     * @param source the client's address
     * @param wouldDrop whether only because the policy observed
     */
    public void saw(String name, String source, boolean wouldDrop) {
        names.computeIfAbsent(name, unseen -> new Sightings()).add(source, wouldDrop);
    }

    /** The rules, ordered by domain from the last label to the first. */
    public List<RuleConfig> rules() {
        Map<String, List<String>> siblings = names.keySet().stream()
                .filter(name -> isFoldable(parent(name)))
                .collect(Collectors.groupingBy(Proposal::parent));
        siblings.values().removeIf(names -> names.size() < fold);
        Map<String, RuleDraft> byDomain = new TreeMap<>();
        names.forEach((name, seen) -> {
            if (!siblings.containsKey(parent(name))) {
                byDomain.put(
                        reversed(name), RuleDraft.of(name, Action.PASSTHROUGH).because(seen.toString()));
            }
        });
        siblings.forEach((parent, folded) -> byDomain.put(reversed("*." + parent), folded(parent, folded)));
        List<RuleConfig> rules = new ArrayList<>();
        byDomain.values().forEach(draft -> rules.add(draft.rule("propose")));
        return rules;
    }

    /**
     * The rules as a file of configuration.
     *
     * @param skipped how many connections told of nothing to propose
     */
    public String text(long skipped) {
        StringBuilder text = new StringBuilder("# Proposed from what passed; " + skipped
                + " lines without a name, or dropped or failed, left out.\npeekgate.policy {\n");
        RuleText.rules(rules())
                .lines()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.append("}\n").toString();
    }

    private RuleDraft folded(String parent, List<String> folded) {
        Sightings all = new Sightings();
        folded.forEach(name -> all.add(names.get(name)));
        String shown = folded.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String more = folded.size() > SHOWN ? ", ..." : "";
        return RuleDraft.of("*." + parent, Action.PASSTHROUGH)
                .except(parent)
                .because(folded.size() + " names (" + shown + more + "), " + all);
    }

    private static boolean isFoldable(String parent) {
        return parent.split("\\.").length >= KEPT_LABELS;
    }

    /** Empty for a name of one label. */
    private static String parent(String name) {
        return name.substring(name.indexOf('.') < 0 ? name.length() : name.indexOf('.') + 1);
    }

    private static String reversed(String name) {
        List<String> labels = new ArrayList<>(List.of(name.split("\\.")));
        Collections.reverse(labels);
        return String.join(".", labels);
    }

    /** What was seen of a name, or of several. */
    private static final class Sightings {
        private final TreeSet<String> sources = new TreeSet<>();
        private long connections;
        private long wouldDrop;

        void add(String source, boolean dropped) {
            sources.add(source);
            connections++;
            wouldDrop += dropped ? 1 : 0;
        }

        void add(Sightings other) {
            sources.addAll(other.sources);
            connections += other.connections;
            wouldDrop += other.wouldDrop;
        }

        /** As a rule's reason. */
        @Override
        public String toString() {
            String seen = "seen " + count(connections, "time") + " from " + count(sources.size(), "client");
            return wouldDrop == 0 ? seen : seen + ", " + wouldDrop + " of them would have been dropped";
        }

        private static String count(long number, String noun) {
            return number + " " + noun + (number == 1 ? "" : "s");
        }
    }
}
