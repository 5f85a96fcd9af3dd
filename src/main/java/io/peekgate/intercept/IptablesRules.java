package io.peekgate.intercept;

import io.peekgate.intercept.Step.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan in iptables: a chain of our own in each table that it takes, and a jump to it from a chain that is there. */
final class IptablesRules {
    /** What our chains' names begin with. */
    static final String PREFIX = "PEEKGATE-";

    /** By this comment on each rule the chains are known to be ours. */
    private static final String OWNER = "peekgate: ";

    /** Where we hook in. */
    private record Hook(String table, String chain) {}

    private record Rules(Hook hook, List<String> lines) {}

    private final Plan plan;
    private final String chain;

    IptablesRules(Plan plan) {
        this.plan = plan;
        this.chain = chain(plan.mode());
    }

    private static String chain(Mode mode) {
        return PREFIX + mode.name();
    }

    List<Step> guards() {
        return plan.families().stream().map(this::guard).toList();
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>(
                Stream.of(Family.values()).flatMap(this::leftovers).toList());
        for (Family family : plan.families()) {
            List<Rules> rules = rules(family);
            steps.add(BaseChains.note(
                    family, rules.stream().map(each -> base(each.hook())).toList()));
            steps.add(chains(family, rules));
            rules.forEach(each -> steps.add(jump(family, each.hook())));
        }
        return steps;
    }

    /** A plan of the same mode may have been in place that took more than this one. */
    private Stream<Step> leftovers(Family family) {
        List<Hook> wanted = plan.families().contains(family)
                ? rules(family).stream().map(Rules::hook).toList()
                : List.of();
        return Stream.of(captureHook(plan.mode()), rejectHook(plan.mode()))
                .filter(hook -> !wanted.contains(hook))
                .map(hook -> leftover(family, hook));
    }

    private Step leftover(Family family, Hook hook) {
        String has = save(family) + " 2>/dev/null | sed -n '/^\\*" + hook.table() + "$/,/^COMMIT$/p' | grep -q '^:"
                + chain + " '";
        return new Step(
                family.text() + ": what another plan may have had in table " + hook.table() + ".",
                List.of(new Part(
                        "the removal of chain " + chain + " from " + family.iptables() + "' table " + hook.table(),
                        "! " + has)),
                "if " + has + "; then\n" + each(family, line(hook, chain)) + "fi");
    }

    static List<Step> removal() {
        return Stream.of(Family.values()).map(IptablesRules::removal).toList();
    }

    private static Step removal(Family family) {
        List<Hook> hooks = new ArrayList<>();
        StringBuilder list = new StringBuilder();
        for (Mode mode : Mode.values()) {
            for (Hook hook : List.of(captureHook(mode), rejectHook(mode))) {
                hooks.add(hook);
                list.append(line(hook, chain(mode)));
            }
        }
        List<String> bases = hooks.stream().map(IptablesRules::base).distinct().toList();
        return new Step(
                family.text() + ": the jumps and chains, and the tables made for them.",
                List.of(),
                "if " + save(family) + " | grep -q '^:" + PREFIX + "'; then\n" + each(family, list)
                        + BaseChains.removal(family, bases) + "fi");
    }

    private static String line(Hook hook, String chain) {
        return hook.table() + " " + hook.chain() + " " + chain + "\n";
    }

    private static String each(Family family, CharSequence hooks) {
        String tables = "    " + tables(family, "$table");
        return "  while read -r table chain ours; do\n"
                + "    " + save(family) + " -t $table | grep -q \"^:$ours \" || continue\n"
                + "    ! " + hasOthersRules(save(family) + " -t $table", "$ours") + " || continue\n"
                + tables + " -D $chain -j $ours 2>/dev/null || true\n"
                + tables + " -F $ours\n"
                + tables + " -X $ours\n"
                + "  done <<'END'\n" + hooks + "END\n";
    }

    /** Every rule of ours says that it is. */
    private static String hasOthersRules(String list, String chain) {
        return list + " | grep -e \"-A " + chain + " \" | grep -qv '" + OWNER + "'";
    }

    private static String base(Hook hook) {
        return hook.table() + ":" + hook.chain();
    }

    private static String save(Family family) {
        return family.iptables() + "-save";
    }

    private static String tables(Family family, String table) {
        return family.iptables() + " -w -t " + table;
    }

    private Step guard(Family family) {
        return new Step(
                family.text() + ": a chain of this name that is not Peekgate's is left alone.",
                List.of(),
                "if " + hasOthersRules(save(family), chain) + "; then\n  echo 'the " + family.iptables() + " chain "
                        + chain + " is not of Peekgate, and is left alone; rename it' >&2\n  exit 1\nfi");
    }

    private Step chains(Family family, List<Rules> rules) {
        String input = rules.stream().map(this::restore).collect(Collectors.joining());
        List<Part> parts = rules.stream()
                .flatMap(each -> each.lines().stream().map(line -> part(family, each.hook(), line)))
                .toList();
        return new Step(
                family.text() + ": the rules.", parts, Script.feed(family.iptables() + "-restore -w --noflush", input));
    }

    private String restore(Rules rules) {
        return "*" + rules.hook().table() + "\n:" + chain + " - [0:0]\n"
                + rules.lines().stream()
                        .map(line -> "-A " + chain + " " + line + "\n")
                        .collect(Collectors.joining())
                + "COMMIT\n";
    }

    private Part part(Family family, Hook hook, String line) {
        String test = tables(family, hook.table()) + " -C " + chain + " " + line + " 2>/dev/null";
        return new Part(
                "in chain " + chain + " of " + family.iptables() + "' table " + hook.table() + ": " + line, test);
    }

    private Step jump(Family family, Hook hook) {
        return Step.unlessThere(
                family.text() + ": they are asked first for what passes " + hook.chain() + ".",
                new Part(
                        "the jump from " + hook.chain() + " in " + family.iptables() + "' table " + hook.table(),
                        hasJump(family, hook, plan.mode())),
                tables(family, hook.table()) + " -I " + hook.chain() + " -j " + chain);
    }

    private static String hasJump(Family family, Hook hook, Mode mode) {
        return tables(family, hook.table()) + " -C " + hook.chain() + " -j " + chain(mode) + " 2>/dev/null";
    }

    private List<Rules> rules(Family family) {
        Rules captured = new Rules(captureHook(plan.mode()), with(spared(family), capture()));
        Rules rejected = new Rules(rejectHook(plan.mode()), with(spared(family), reject(family)));
        return plan.rejectsUdp() ? List.of(captured, rejected) : List.of(captured);
    }

    private static Hook captureHook(Mode mode) {
        return switch (mode) {
            case GATEWAY -> new Hook("nat", "PREROUTING");
            case SIDECAR -> new Hook("nat", "OUTPUT");
            case TPROXY -> new Hook("mangle", "PREROUTING");
        };
    }

    private static Hook rejectHook(Mode mode) {
        return new Hook("filter", mode == Mode.SIDECAR ? "OUTPUT" : "FORWARD");
    }

    private List<String> spared(Family family) {
        List<String> lines = new ArrayList<>();
        lines.add(line("-m addrtype --dst-type LOCAL", "this host itself is meant", "RETURN"));
        plan.exempt()
                .map(own -> line(
                        (own.isUser() ? "-m owner --uid-owner " : "-m mark --mark ") + own.number(),
                        "the gateway's own",
                        "RETURN"))
                .ifPresent(lines::add);
        plan.excluded(family).forEach(block -> lines.add(line("-d " + block, "excluded", "RETURN")));
        return lines;
    }

    private String capture() {
        String target = plan.mode() == Mode.TPROXY
                ? String.format(Locale.ROOT, "TPROXY --on-port %d --tproxy-mark 0x%x", plan.to(), Plan.TPROXY_MARK)
                : "REDIRECT --to-ports " + plan.to();
        return line(match("tcp"), "TCP goes to Peekgate", target);
    }

    private String reject(Family family) {
        return line(match("udp"), "QUIC turns to TCP", "REJECT --reject-with " + family.unreachable());
    }

    private String match(String protocol) {
        String by = plan.mode() == Mode.SIDECAR ? "-o " : "-i ";
        return plan.device().map(name -> by + name + " ").orElse("") + "-p " + protocol + " -m multiport --dports "
                + plan.portList().replace(" ", "");
    }

    private static String line(String match, String comment, String target) {
        return match + " -m comment --comment \"" + OWNER + comment + "\" -j " + target;
    }

    private static List<String> with(List<String> lines, String last) {
        return Stream.concat(lines.stream(), Stream.of(last)).toList();
    }
}
