package io.peekgate.rules;

import io.peekgate.config.HostPort;
import io.peekgate.config.ProxyConfig.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An nginx {@code map} of server names. nginx asks exact names first, then wildcards at the beginning, the longest first,
 * then those at the end, then regular expressions in their order, then {@code default}, wherever they stand: the rules are
 * put in that order, since here the first match decides.
 */
final class NginxMap {
    /** Possessive, which needs no stack for each letter, as all that follows could. */
    private static final Pattern TOKEN = Pattern.compile(
            "#[^\\n]*|\"((?:[^\"\\\\]|\\\\.)*+)\"|'((?:[^'\\\\]|\\\\.)*+)'|([;{}])|((?:[^\\s;{}\"'\\\\]|\\\\.)++)",
            Pattern.DOTALL);

    private static final Pattern SERVER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]$/]+):([0-9]{1,5})");
    private static final Pattern PRIVATE = Pattern.compile(
            "(10|127|192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01]))\\.[0-9.]+|::1|f[cde][0-9a-f]{2}:.*");

    private final String text;
    private final String name;
    private final List<Imported> entries = new ArrayList<>();
    private final List<Ranked> ranked = new ArrayList<>();
    private boolean hostnames;

    /** An entry's rule by when nginx asks it: its kind, and among wildcards the longest first. */
    private record Ranked(int kind, int length, Imported entry) {}

    NginxMap(String text, String name) {
        this.text = text;
        this.name = name;
    }

    RuleImport read() {
        List<String> words = new ArrayList<>();
        int line = 1;
        int begun = 1;
        int from = 0;
        for (Matcher token = TOKEN.matcher(text); token.find(); ) {
            line += (int) text.substring(from, token.start())
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            from = token.start();
            if (token.group().startsWith("#")) {
                continue;
            }
            if (token.group(3) == null) {
                begun = words.isEmpty() ? line : begun;
                words.add(word(token));
            } else {
                statement(words, token.group(3), name + ":" + begun);
                words.clear();
            }
        }
        if (!words.isEmpty()) {
            entries.add(Imported.none(name + ":" + begun, String.join(" ", words), "there is no \";\" behind it"));
        }
        ranked.sort(Comparator.comparingInt(Ranked::kind).thenComparing(Ranked::length, Comparator.reverseOrder()));
        return new RuleImport(
                List.copyOf(entries),
                ranked.stream().flatMap(rank -> rank.entry().rule().stream()).toList());
    }

    /** As nginx reads it: a backslash takes itself and quotes literally, and stays before all else. */
    private static String word(Matcher token) {
        String quoted = token.group(1) != null ? token.group(1) : token.group(2);
        return (quoted != null ? quoted : token.group(4)).replaceAll("\\\\([\\\\\"'])", "$1");
    }

    private void statement(List<String> words, String end, String place) {
        String whole = String.join(" ", words);
        if (words.isEmpty() || end.equals("{") || whole.equals("volatile")) {
            return;
        }
        if (!end.equals(";")) {
            entries.add(Imported.none(place, whole, "there is no \";\" behind it"));
        } else if (whole.equals("hostnames")) {
            hostnames = true;
        } else if (words.get(0).equals("include")) {
            entries.add(Imported.none(place, whole, "import that file by itself"));
        } else if (words.size() != 2) {
            entries.add(Imported.none(place, whole, "a name and where it leads are expected"));
        } else {
            pair(words.get(0), words.get(1), place, whole);
        }
    }

    private void pair(String key, String value, String place, String whole) {
        if (key.equals("default")) {
            add(5, "**", value, place, whole);
        } else if (key.startsWith("~")) {
            expression(key.substring(key.startsWith("~*") ? 2 : 1), value, place, whole);
        } else if (!key.startsWith(".") && !key.contains("*")) {
            add(1, key, value, place, whole);
        } else if (!hostnames) {
            entries.add(Imported.none(place, whole, "without \"hostnames;\" before it, nginx matches no name by it"));
        } else if (key.endsWith(".*")) {
            add(3, "~^" + key.substring(0, key.length() - 1).replace(".", "\\.") + ".+:", value, place, whole);
        } else {
            add(2, key.startsWith("*.") ? "*" + key : key, value, place, whole);
        }
    }

    /** nginx matches the name alone, so what follows it here, {@code :port}, is written behind it. */
    private void expression(String expression, String value, String place, String whole) {
        boolean anchored = expression.endsWith("$") && !expression.endsWith("\\$");
        String body = anchored ? expression.substring(0, expression.length() - 1) : expression;
        boolean alternatives = body.indexOf('|') >= 0;
        add(4, "~" + (alternatives ? "(?:" + body + ")" : body) + (anchored ? ":" : ".*:"), value, place, whole);
    }

    private void add(int kind, String pattern, String value, String place, String whole) {
        Optional<RuleDraft> draft = draft(pattern, value);
        Imported entry = draft.map(rule -> Imported.of(
                        rule.because("nginx map").rule(place), place, whole, rule.allowPrivate() ? OPENS : ""))
                .orElseGet(() -> Imported.none(
                        place,
                        whole,
                        "\"" + value + "\" is neither host:port, 0 nor 1: give the server that it stands for"));
        entries.add(entry);
        ranked.add(new Ranked(kind, kind == 2 || kind == 3 ? pattern.length() : 0, entry));
    }

    private static final String OPENS = "its target is a private address, which the rule opens";

    /** Empty if it cannot be told where the value leads. */
    private static Optional<RuleDraft> draft(String pattern, String value) {
        if (value.isEmpty() || value.equals("0")) {
            return Optional.of(RuleDraft.of(pattern, Action.DROP));
        }
        if (value.equals("1") || value.startsWith("$")) {
            return Optional.of(RuleDraft.of(pattern, Action.PASSTHROUGH));
        }
        Matcher server = SERVER.matcher(value);
        if (!server.matches() || value.startsWith("unix:")) {
            return Optional.empty();
        }
        String host = server.group(1).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        HostPort target = new HostPort(host, Integer.parseInt(server.group(2)));
        return Optional.of(RuleDraft.of(pattern, Action.PASSTHROUGH)
                .to(target, PRIVATE.matcher(host).matches()));
    }
}
