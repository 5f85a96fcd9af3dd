package io.peekgate.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peekgate connections log}: the access lines that the gateway remembers, and those that come. */
@Command(
        name = "log",
        description = "Show the access lines of the connections that the gateway remembers (admin.recent), the newest"
                + " last; as text on a terminal, else as JSON.")
final class ConnectionsLogCommand implements Callable<Integer> {
    private static final String DATA = "data: ";

    @Mixin
    private LiveOptions live;

    @Mixin
    private ConnectionsCommand.Filter filter;

    @Option(names = "-f", description = "Go on with those that come.")
    private boolean follow;

    @Option(names = "--drops", description = "Only those that did not pass.")
    private boolean drops;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only those with this reason.")
    private String reason;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many of the past; 100 unless told.")
    private int count;

    @Option(names = "--json", description = "JSON on a terminal, too.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, String> parameters = new LinkedHashMap<>(filter.parameters());
        parameters.put("drops", drops ? "true" : null);
        parameters.put("reason", reason);
        parameters.put("lines", json || !Terminal.isOutput() ? "json" : "text");
        parameters.put(follow ? "past" : "limit", Integer.toString(count));
        if (follow) {
            live.api().lines("/log/stream" + ApiClient.query(parameters), this::line);
        } else {
            past(live.api().text("GET", "/log" + ApiClient.query(parameters), ""));
        }
        return ExitCode.FINE;
    }

    private void past(String newestFirst) {
        List<String> lines = new ArrayList<>(newestFirst.lines().toList());
        Collections.reverse(lines);
        lines.forEach(line -> live.print(line + "\n"));
    }

    /** Of an event only what it tells; comments keep the connection alive. */
    private void line(String event) {
        if (event.startsWith(DATA)) {
            live.print(event.substring(DATA.length()) + "\n");
        }
    }
}
