package io.peekgate.rules;

import io.peekgate.config.ProxyConfig.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists of one pattern a line, and hosts files. */
final class PlainLists {
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Where blocklists lead the names that they block. */
    private static final Set<String> NOWHERE = Set.of("0.0.0.0", "127.0.0.1", "::", "::1");

    private PlainLists() {}

    static RuleImport patterns(String text, String name) {
        List<Imported> entries = new ArrayList<>();
        for (PatternLine line : PatternLine.of(text.lines().toList())) {
            String place = name + ":" + line.line();
            RuleDraft draft = RuleDraft.of(line.pattern(), Action.PASSTHROUGH);
            entries.add(Imported.of(draft.because(line.reason().orElse("")).rule(place), place, line.pattern(), ""));
        }
        return RuleImport.inOrder(entries);
    }

    static RuleImport hosts(String text, String name) {
        List<Imported> entries = new ArrayList<>();
        int line = 0;
        for (String written : text.lines().toList()) {
            String content = COMMENT.split(written, 2)[0].strip();
            String place = name + ":" + ++line;
            if (!content.isEmpty()) {
                host(List.of(SPACE.split(content)), place, content, entries);
            }
        }
        return RuleImport.inOrder(entries);
    }

    private static void host(List<String> words, String place, String content, List<Imported> entries) {
        String address = words.get(0);
        if (words.size() < 2 || !MatchFile.ADDRESS.matcher(address).matches()) {
            entries.add(
                    Imported.none(place, content, "it is no line of a hosts file: an address and names are expected"));
            return;
        }
        for (String host : words.subList(1, words.size())) {
            entries.add(host(address, host, place));
        }
    }

    private static Imported host(String address, String host, String place) {
        if (MatchFile.isOwnName(host)) {
            return Imported.none(place, host, "it is a name of the machine itself");
        }
        if (NOWHERE.contains(address)) {
            return Imported.of(RuleDraft.of(host, Action.DROP).rule(place), place, host, "");
        }
        return Imported.none(
                place,
                host,
                "it has an address of its own, which belongs to dns.overrides { \"" + host + "\" = [\"" + address
                        + "\"] }");
    }
}
