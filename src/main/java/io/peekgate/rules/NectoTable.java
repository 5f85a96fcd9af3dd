package io.peekgate.rules;

import io.peekgate.config.ProxyConfig.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The table of NectoProxy's SSL passthrough, whose patterns mean the same here: as its API answers (objects with
 * {@code domain}, {@code enabled} and {@code reason}, in a list or under {@code domains}), or as CSV with those columns, of
 * which the first alone will do, with or without its header.
 */
final class NectoTable {
    private static final JsonFactory JSON = new JsonFactory();

    /** A field of RFC 4180 and what ends it; possessive, which needs no stack for each letter. */
    private static final Pattern FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*+)\"|([^,]*))(?:,|$)");

    private NectoTable() {}

    static RuleImport read(String text, String name) {
        boolean json =
                text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
        return RuleImport.inOrder(json ? json(text, name) : csv(text, name));
    }

    private static List<Imported> json(String text, String name) {
        List<Imported> entries = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            Map<String, String> row = new HashMap<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    row.clear();
                    row.put("place", name + ":" + json.currentTokenLocation().getLineNr());
                } else if (token.isScalarValue() && json.currentName() != null) {
                    row.put(json.currentName(), json.getString());
                } else if (token == JsonToken.END_OBJECT && row.containsKey("place")) {
                    entries.add(entry(row));
                    row.clear();
                }
            }
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            String place = at == null ? name : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
            entries.add(Imported.none(place, "", "it is no JSON from here on; nothing behind it was read"));
        }
        return entries;
    }

    private static List<Imported> csv(String text, String name) {
        List<Imported> entries = new ArrayList<>();
        int line = 0;
        for (String written : text.lines().toList()) {
            List<String> fields = fields(written);
            line++;
            if (written.isBlank() || fields.get(0).equals("domain")) {
                continue;
            }
            Map<String, String> row = new HashMap<>(Map.of("place", name + ":" + line, "domain", fields.get(0)));
            if (fields.size() > 1) {
                row.put("enabled", fields.get(1));
            }
            row.put("reason", fields.size() > 2 ? fields.get(2) : "");
            entries.add(entry(row));
        }
        return entries;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(line);
        while (field.find() && (field.start() < line.length() || fields.isEmpty())) {
            String quoted = field.group(1);
            fields.add(quoted == null ? field.group(2).strip() : quoted.replace("\"\"", "\""));
        }
        return fields;
    }

    private static Imported entry(Map<String, String> row) {
        String place = row.get("place");
        String domain = row.get("domain");
        if (domain == null) {
            return Imported.none(place, "", "it has no \"domain\"");
        }
        String enabled = row.getOrDefault("enabled", "true");
        if (!enabled.equals("true") && !enabled.equals("false")) {
            return Imported.none(place, domain, "its \"enabled\" is \"" + enabled + "\", neither true nor false");
        }
        RuleDraft draft = RuleDraft.of(domain, Action.PASSTHROUGH)
                .enabled(enabled.equals("true"))
                .because(row.getOrDefault("reason", ""));
        return Imported.of(draft.rule(place), place, domain, "");
    }
}
