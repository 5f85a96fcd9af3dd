package io.peekgate.intercept.doctor;

import io.peekgate.intercept.Host;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code iptables-save} and {@code ip6tables-save} show. */
final class IptablesListing {
    private static final Pattern RULE = Pattern.compile("-A (\\S+) (.*)");
    private static final Pattern TARGET = Pattern.compile("-[jg] (\\S+)$");

    private IptablesListing() {}

    static Stream<RuleLine> of(Host host) {
        return Stream.concat(
                rules(host.sh("iptables-save").output(), false),
                rules(host.sh("ip6tables-save").output(), true));
    }

    private static Stream<RuleLine> rules(String saved, boolean ipv6) {
        List<Matcher> rules =
                saved.lines().map(RULE::matcher).filter(Matcher::matches).toList();
        Set<String> outputs = new HashSet<>(Set.of("OUTPUT"));
        for (Matcher rule : rules) {
            Matcher target = TARGET.matcher(rule.group(2));
            if (rule.group(1).equals("OUTPUT") && target.find()) {
                outputs.add(target.group(1));
            }
        }
        return rules.stream().map(rule -> new RuleLine(List.of(ipv6), outputs.contains(rule.group(1)), rule.group(2)));
    }
}
