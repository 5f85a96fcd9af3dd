package io.peekgate.admin;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.filtering;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.teeing;

import io.peekgate.model.ClientHello;
import io.peekgate.model.ServerName;
import io.peekgate.model.SessionReport;
import io.peekgate.net.Addresses;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** Which names and which clients some connections had most often. */
final class Top {
    private static final int SHOWN = 10;

    private Top() {}

    private record Row(String key, Count count) {}

    private record Count(long connections, long refused) {}

    static void write(JsonGenerator json, List<SessionReport> connections) {
        json.writeNumberProperty("of", connections.size());
        rows(json, "names", "name", connections.stream().filter(Top::hasName), Top::name);
        rows(
                json,
                "clients",
                "source",
                connections.stream(),
                report -> Addresses.text(report.source().getAddress()));
    }

    private static boolean hasName(SessionReport report) {
        return report.hello().flatMap(ClientHello::serverName).isPresent();
    }

    private static String name(SessionReport report) {
        return report.hello()
                .flatMap(ClientHello::serverName)
                .map(ServerName::value)
                .orElseThrow();
    }

    private static void rows(
            JsonGenerator json,
            String list,
            String name,
            Stream<SessionReport> connections,
            Function<SessionReport, String> key) {
        json.writeArrayPropertyStart(list);
        most(connections.collect(groupingBy(key, counts()))).forEach(row -> {
            json.writeStartObject();
            json.writeStringProperty(name, row.key());
            json.writeNumberProperty("connections", row.count().connections());
            json.writeNumberProperty("refused", row.count().refused());
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private static Collector<SessionReport, ?, Count> counts() {
        return teeing(counting(), filtering(LogFilter.refused(), counting()), Count::new);
    }

    private static Stream<Row> most(Map<String, Count> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .sorted(comparing((Row row) -> -row.count().connections()).thenComparing(Row::key))
                .limit(SHOWN);
    }
}
