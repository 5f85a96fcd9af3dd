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
@Command(name = "status", description = "Show how the running gateway is.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private LiveOptions live;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        String answer = live.api().text("GET", "/status", "");
        return live.print(json ? answer : page(JsonView.parse(answer)));
    }

    private static String page(JsonView status) {
        JsonView connections = status.object("connections");
        StringJoiner page = new StringJoiner("\n", "", "\n");
        page.add(row(
                "state",
                status.text("state") + " for " + duration(status.number("uptime_seconds")) + ", version "
                        + status.text("version")));
        status.objects("listeners")
                .forEach(listener -> page.add(row(
                        "listener",
                        listener.text("name") + " on " + listener.text("bind") + ", capture " + listener.text("capture")
                                + ", " + listener.text("relay"))));
        page.add(row(
                "policy",
                status.text("mode") + ", default " + status.text("default_action") + ", generation "
                        + status.text("generation") + ", " + rules(status.object("rules"))));
        page.add(row(
                "active",
                connections.text("active") + counts(connections, List.of("peeking", "dialling", "relaying"))));
        page.add(row(
                "since then",
                connections.text("total") + counts(connections.object("actions"), List.of("pass", "drop", "fail"))));
        page.add(row("reasons", reasons(connections.object("reasons"))));
        page.add(row(
                "bytes",
                status.object("bytes").text("up") + " up, "
                        + status.object("bytes").text("down") + " down"));
        if (status.has("reload")) {
            page.add(row("reload", reload(status.object("reload"))));
        }
        return page.toString();
    }

    private static String row(String label, String value) {
        return String.format(Locale.ROOT, "%-10s %s", label, value);
    }

    private static String rules(JsonView rules) {
        return rules.text("runtime") + " rules made at run time before " + rules.text("file") + " of files";
    }

    private static String counts(JsonView counts, List<String> keys) {
        return keys.stream()
                .map(key -> (counts.has(key) ? counts.text(key) : "0") + " " + key)
                .collect(Collectors.joining(", ", " (", ")"));
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

    private static String reload(JsonView reload) {
        String when = reload.text("time") + " by " + reload.text("cause");
        return reload.flag("ok") ? "taken over at " + when : "refused at " + when + ": " + reload.text("detail");
    }

    private static String duration(double seconds) {
        long whole = (long) seconds;
        return whole < 3_600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 86_400 + " d " + whole / 3_600 % 24 + " h " + whole / 60 % 60 + " min";
    }
}
