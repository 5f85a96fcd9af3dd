package io.peekgate.rules;

import io.peekgate.config.ProxyConfig.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * mitmproxy's patterns of hosts whose traffic it leaves alone. They mean the same here: regular expressions that are found
 * anywhere, without regard to case, in {@code host:port} and {@code ip:port}.
 */
final class IgnoreHosts {
    private static final Pattern KEY = Pattern.compile("([a-z]+_[a-z_]+):(\\s.*)?");
    private static final Pattern OPTION = Pattern.compile("--ignore-hosts[ =]");

    private final List<Imported> entries = new ArrayList<>();
    private String key = "ignore_hosts";

    private IgnoreHosts() {}

    static RuleImport read(String text, String name) {
        IgnoreHosts hosts = new IgnoreHosts();
        int line = 0;
        for (String written : text.lines().toList()) {
            hosts.readLine(written.strip(), name + ":" + ++line);
        }
        return RuleImport.inOrder(hosts.entries);
    }

    private void readLine(String line, String place) {
        Matcher begins = KEY.matcher(line);
        if (begins.matches()) {
            key = begins.group(1);
            if (begins.group(2) != null && key.equals("ignore_hosts")) {
                entries.add(Imported.none(place, line, "write the list with a pattern a line, each behind \"- \""));
            }
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            entries.add(entry(unquoted(bare(line)), place));
        }
    }

    private Imported entry(String pattern, String place) {
        return switch (key) {
            case "ignore_hosts" -> {
                RuleDraft draft = RuleDraft.of("~" + pattern, Action.PASSTHROUGH);
                yield Imported.of(draft.because("ignore_hosts of mitmproxy").rule(place), place, pattern, "");
            }
            case "allow_hosts" ->
                Imported.none(
                        place,
                        pattern,
                        "allow_hosts names what mitmproxy reads, and all else passes: here nothing is read");
            default -> Imported.none(place, pattern, "it belongs to " + key + ", which is about no hosts");
        };
    }

    private static String bare(String line) {
        Matcher option = OPTION.matcher(line);
        if (option.lookingAt()) {
            return line.substring(option.end()).strip();
        }
        return line.startsWith("- ") ? line.substring(2).strip() : line;
    }

    /** As YAML quotes: a quote twice within single ones, a backslash before what is meant within double ones. */
    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.charAt(0) == text.charAt(text.length() - 1);
        String inner = quoted ? text.substring(1, text.length() - 1) : text;
        if (quoted && text.startsWith("'")) {
            return inner.replace("''", "'");
        }
        return quoted && text.startsWith("\"") ? inner.replaceAll("\\\\(.)", "$1") : text;
    }
}
