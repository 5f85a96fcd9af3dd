package io.peekgate.intercept;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.peekgate.intercept.Step.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A plan in nftables: one table of our own for both families, which comes and goes in one transaction. */
final class NftRules {
    /** By this comment the table is known to be ours. */
    static final String OWNER = "Peekgate intercept: ";

    private static final String LIST = "nft list table inet peekgate 2>/dev/null";
    private static final String IS_OURS = LIST + " | grep -q 'comment \"" + OWNER + "'";

    /** A rule is known by its comment, since each version of nft prints rules in its own way. */
    private record Rule(String text, String comment) {
        String line() {
            return "\t\t" + text + " comment \"" + comment + "\"\n";
        }
    }

    private final Plan plan;

    NftRules(Plan plan) {
        this.plan = plan;
    }

    Step step() {
        return new Step("The rules, all at once or not at all.", parts(), Script.feed("nft -f -", transaction()));
    }

    static Step removal() {
        return new Step("The table of rules.", List.of(), "! " + IS_OURS + " || nft delete table inet peekgate");
    }

    static Step guard() {
        return new Step(
                "A table of this name that is not Peekgate's is left alone.",
                List.of(),
                "if nft list table inet peekgate >/dev/null 2>&1 && ! " + IS_OURS + "; then\n"
                        + "  echo 'the nftables table \"inet peekgate\" is not of Peekgate, and is left alone;"
                        + " if nobody needs it: nft delete table inet peekgate' >&2\n"
                        + "  exit 1\nfi");
    }

    /** Declared first, so that there is one to delete: nftables has no "delete if there" of old. */
    private String transaction() {
        return "table inet peekgate\ndelete table inet peekgate\ntable inet peekgate {\n\tcomment \"" + signature()
                + "\"\n" + chains() + "}\n";
    }

    private String signature() {
        CRC32 sum = new CRC32();
        sum.update(chains().getBytes(UTF_8));
        return OWNER + plan.mode().code() + String.format(Locale.ROOT, " %08x", sum.getValue());
    }

    private String chains() {
        String quic = plan.rejectsUdp() ? chain("quic", rejectHook(), List.of(spare("udp"), reject())) : "";
        return chain("spared", "", spared()) + chain("tls", captureHook(), List.of(spare("tcp"), capture())) + quic;
    }

    private static String chain(String name, String hook, List<Rule> rules) {
        return "\n\tchain " + name + " {\n" + hook
                + rules.stream().map(Rule::line).collect(Collectors.joining()) + "\t}\n";
    }

    private String captureHook() {
        return switch (plan.mode()) {
            case GATEWAY -> hook("nat hook prerouting priority dstnat");
            case SIDECAR -> hook("nat hook output priority -100");
            case TPROXY -> hook("filter hook prerouting priority mangle");
        };
    }

    private String rejectHook() {
        return hook(
                plan.mode() == Mode.SIDECAR
                        ? "filter hook output priority filter"
                        : "filter hook forward priority filter");
    }

    private static String hook(String text) {
        return "\t\ttype " + text + "; policy accept;\n";
    }

    /** Accept ends these chains only: those of others still have their say. */
    private List<Rule> spared() {
        List<Rule> rules = new ArrayList<>();
        if (!plan.ipv6()) {
            rules.add(new Rule("meta nfproto ipv6 accept", "IPv6 is left alone"));
        }
        rules.add(new Rule("fib daddr type local accept", "this host itself is meant"));
        plan.exempt()
                .map(own -> new Rule(
                        "meta " + (own.isUser() ? "skuid " : "mark ") + own.number() + " accept",
                        "the gateway's own, " + own.text()))
                .ifPresent(rules::add);
        for (Family family : plan.families()) {
            List<String> excluded = plan.excluded(family);
            if (!excluded.isEmpty()) {
                String blocks = String.join(", ", excluded);
                rules.add(new Rule(family.nft() + " daddr { " + blocks + " } accept", "excluded " + family.text()));
            }
        }
        return rules;
    }

    private Rule spare(String protocol) {
        return new Rule(match(protocol) + " jump spared", protocol.toUpperCase(Locale.ROOT) + " to be left alone");
    }

    /**
     * The mark is set before TPROXY looks for the gateway's socket: that gives up on a packet if there is none, which
     * then must not be forwarded as if nothing were to be intercepted.
     */
    private Rule capture() {
        String go = plan.mode() == Mode.TPROXY
                ? String.format(Locale.ROOT, "meta mark set 0x%x tproxy to :%d accept", Plan.TPROXY_MARK, plan.to())
                : "redirect to :" + plan.to();
        return new Rule(match("tcp") + " " + go, "TCP goes to Peekgate");
    }

    private Rule reject() {
        return new Rule(match("udp") + " reject with icmpx type port-unreachable", "QUIC turns to TCP");
    }

    private String match(String protocol) {
        String by = plan.mode() == Mode.SIDECAR ? "oifname" : "iifname";
        return plan.device().map(name -> by + " \"" + name + "\" ").orElse("") + protocol + " dport { "
                + plan.portList() + " }";
    }

    private List<Part> parts() {
        Part table = part("the nftables table inet peekgate, as it would be with these options", signature());
        Stream<Rule> rules = Stream.concat(
                spared().stream(),
                plan.rejectsUdp()
                        ? Stream.of(spare("tcp"), capture(), spare("udp"), reject())
                        : Stream.of(spare("tcp"), capture()));
        return Stream.of(
                        Stream.of(table),
                        rules.map(rule -> part("the nftables rule \"" + rule.comment() + '"', rule.comment())),
                        Stream.of(wordForWord()))
                .flatMap(Function.identity())
                .toList();
    }

    /** A namespace that comes and goes tells how this nft prints the rules; where there can be none, nothing is said. */
    private Part wordForWord() {
        String wanted = "unshare -n sh -c 'nft -f - && nft -s list table inet peekgate'";
        return new Part(
                "the nftables rules, word for word",
                Script.feed("! wanted=$(" + wanted + " 2>/dev/null", transaction())
                        + "\n) || [ \"$wanted\" = \"$(nft -s list table inet peekgate 2>/dev/null)\" ]");
    }

    private static Part part(String name, String comment) {
        return new Part(name, LIST + " | grep -qF \"comment \\\"" + comment + "\\\"\"");
    }
}
