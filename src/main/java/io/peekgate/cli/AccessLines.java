package io.peekgate.cli;

import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.rules.Proposal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads access lines in JSON, as {@code report} writes them; of each only its plain fields. */
final class AccessLines {
    private static final JsonFactory JSON = new JsonFactory();

    private AccessLines() {}

    /** A line that is no access line; the message has its place, and what was expected. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String place, String problem) {
            super(place + ": " + problem + "; an access line in JSON is expected, as log.format = json makes it");
        }
    }

    /**
     * Tells the proposal of each connection that passed.
     *
     * @return how many lines told of another connection, or of one without a name
     * @throws Malformed at the first line that is none
     */
    static long read(TextInput lines, Proposal proposal) throws IOException {
        long skipped = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                skipped += tell(fields(line, lines.place()), lines.place(), proposal) ? 0 : 1;
            }
        }
        return skipped;
    }

    private static boolean tell(Map<String, String> line, String place, Proposal proposal) {
        if (!line.containsKey("action") || !line.containsKey("source")) {
            throw new Malformed(place, "there is no \"action\" or no \"source\" in it");
        }
        boolean counts = line.get("action").equals("pass") && line.containsKey("sni");
        if (counts) {
            String source = line.get("source").replaceFirst(":[0-9]+$", "");
            proposal.saw(name(line.get("sni"), place), source, "true".equals(line.get("would_drop")));
        }
        return counts;
    }

    /** A log that somebody made up must not become a pattern. */
    private static String name(String sni, String place) {
        try {
            return ServerName.of(sni).value();
        } catch (Refusal noName) {
            throw new Malformed(place, "its \"sni\" is " + noName.detail());
        }
    }

    private static Map<String, String> fields(String line, String place) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed(place, "it is no JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    fields.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
            return fields;
        } catch (JacksonException broken) {
            int column = broken.getLocation() == null ? 1 : broken.getLocation().getColumnNr();
            throw new Malformed(place + ":" + column, "it is no JSON");
        }
    }
}
