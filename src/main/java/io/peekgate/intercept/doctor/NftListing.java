package io.peekgate.intercept.doctor;

import io.peekgate.intercept.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code nft list ruleset} shows, but for the tables that are iptables'. */
final class NftListing {
    private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{");
    private static final Pattern FOREIGN = Pattern.compile("# Warning: table (ip6?) (\\S+) is managed by iptables");
    private static final Pattern CHAIN = Pattern.compile("\\tchain (\\S+) \\{");
    private static final Pattern JUMP = Pattern.compile("\\b(?:jump|goto) (\\S+)");

    private final Set<String> foreign = new HashSet<>();
    private final Map<String, Boolean> outputs = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private String table = "";
    private String chain = "";
    private List<Boolean> families = List.of();

    private record Line(List<Boolean> families, String table, String chain, String text) {}

    private NftListing() {}

    static Stream<RuleLine> of(Host host) {
        NftListing listing = new NftListing();
        host.sh("nft -s list ruleset").output().lines().forEach(listing::read);
        return listing.lines.stream()
                .filter(line -> !line.families().isEmpty() && !listing.foreign.contains(line.table()))
                .map(line ->
                        new RuleLine(line.families(), listing.outputs.getOrDefault(line.chain(), false), line.text()));
    }

    private void read(String text) {
        Matcher inTable = TABLE.matcher(text);
        Matcher inChain = CHAIN.matcher(text);
        Matcher managed = FOREIGN.matcher(text);
        if (managed.find()) {
            foreign.add(managed.group(1) + " " + managed.group(2));
        } else if (inTable.find()) {
            table = inTable.group(1) + " " + inTable.group(2);
            families = families(inTable.group(1));
        } else if (inChain.find()) {
            chain = table + " " + inChain.group(1);
        } else if (text.contains("type ") && text.contains(" hook ")) {
            outputs.put(chain, text.contains(" hook output "));
        } else if (text.contains("meta nfproto ipv6 accept")) {
            families = List.of(false);
        } else {
            rule(text);
        }
    }

    private void rule(String text) {
        Matcher jump = JUMP.matcher(text);
        if (jump.find()) {
            outputs.put(table + " " + jump.group(1), outputs.getOrDefault(chain, false));
        }
        lines.add(new Line(families, table, chain, text.strip()));
    }

    private static List<Boolean> families(String word) {
        return switch (word) {
            case "ip" -> List.of(false);
            case "ip6" -> List.of(true);
            case "inet" -> List.of(false, true);
            default -> List.of(); // bridge, arp and netdev see frames, not what this host routes
        };
    }
}
