package io.peekgate.cli;

import io.peekgate.config.JsonView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peekgate status}: how the running gateway is. */
@Command(name = "status", description = "Show how the running gateway is, and what it did since it started.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private LiveOptions live;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        String answer = live.api().text("GET", "/status", "");
        return live.print(json ? answer : new Page(JsonView.parse(answer)).toString());
    }

    /** For people. */
    private static final class Page {
        private static final String INDENTED = "\n" + " ".repeat(11);

        private final StringJoiner rows = new StringJoiner("\n", "", "\n");

        Page(JsonView status) {
            gateway(status);
            connections(status);
            if (status.has("reload")) {
                row("reload", reload(status.object("reload")));
            }
        }

        private void gateway(JsonView status) {
            row(
                    "state",
                    status.text("state") + ", up " + duration((long) status.number("uptime_seconds")) + ", version "
                            + status.text("version"));
            status.objects("listeners").forEach(listener -> row("listener", listener(listener)));
            row(
                    "policy",
                    status.text("mode") + ", default " + status.text("default_action") + ", generation "
                            + status.text("generation"));
            row("rules", rules(status.object("rules")));
        }

        private void connections(JsonView status) {
            JsonView connections = status.object("connections");
            row("open", connections.text("active") + counts(connections, List.of("peeking", "dialling", "relaying")));
            row("over", over(connections.object("actions")));
            row("reasons", reasons(connections.object("reasons")));
            if (connections.number("would_drop") > 0) {
                row("observed", connections.text("would_drop") + " passed that policy.mode = enforce would drop");
            }
            row("bytes", bytes(status.object("bytes"), "up") + ", " + bytes(status.object("bytes"), "down"));
            if (status.object("log").number("lost") > 0) {
                row("log", status.object("log").text("lost") + " access lines lost, since nobody read them");
            }
        }

        private void row(String label, String value) {
            rows.add(String.format(Locale.ROOT, "%-10s %s", label, value));
        }

        @Override
        public String toString() {
            return rows.toString();
        }

        private static String listener(JsonView listener) {
            return listener.text("name") + " on " + listener.text("bind") + " (" + listener.text("type") + ", capture "
                    + listener.text("capture") + ", " + listener.text("transport") + ", " + listener.text("relay")
                    + ")";
        }

        private static String rules(JsonView rules) {
            return rules.text("runtime") + " made at run time, then " + rules.text("file") + " of the configuration";
        }

        private static String over(JsonView actions) {
            List<String> all = List.of("pass", "drop", "fail");
            long total = (long) all.stream().mapToDouble(actions::number).sum();
            return total + counts(actions, all);
        }

        private static String counts(JsonView counts, List<String> keys) {
            return keys.stream().map(key -> counts.text(key) + " " + key).collect(Collectors.joining(", ", " (", ")"));
        }

        /** The most frequent first. */
        private static String reasons(JsonView reasons) {
            String text = reasons.fields().keySet().stream()
                    .map(reason -> Map.entry(reason, reasons.number(reason)))
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .map(reason -> reason.getKey() + " " + reasons.text(reason.getKey()))
                    .collect(Collectors.joining(", "));
            return text.isEmpty() ? "none yet" : text;
        }

        private static String bytes(JsonView bytes, String direction) {
            return Words.bytes((long) bytes.number(direction)) + " " + direction;
        }

        /** What is wrong may have some lines. */
        private static String reload(JsonView reload) {
            String when = reload.text("time") + " by " + reload.text("cause");
            return reload.flag("ok")
                    ? "taken over at " + when
                    : "refused at " + when + ":" + INDENTED
                            + reload.text("detail").strip().replace("\n", INDENTED);
        }

        private static String duration(long seconds) {
            if (seconds < 60) {
                return seconds + " s";
            }
            return seconds < 3_600
                    ? seconds / 60 + " min " + seconds % 60 + " s"
                    : seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h " + seconds / 60 % 60 + " min";
        }
    }
}
