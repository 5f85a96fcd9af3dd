package io.peekgate.cli;

import io.peekgate.config.JsonView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code peekgate connections log}: the access lines that the gateway remembers, and those that come. */
@Command(
        name = "log",
        description = "Show the access lines of connections that are over and that the gateway remembers"
                + " (admin.recent), the newest last; as text on a terminal, else as JSON.")
final class ConnectionsLogCommand implements Callable<Integer> {
    private static final int MOST = 10_000;
    private static final String DATA = "data: ";
    private static final String SKIPPED = "event: skipped";

    @Mixin
    private LiveOptions live;

    @Mixin
    private ConnectionsCommand.Filter filter;

    @Option(names = "-f", description = "Go on with those that come, until the gateway ends.")
    private boolean follow;

    @Option(names = "--drops", description = "Only those that did not pass.")
    private boolean drops;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Only those with this reason, or that ended by it.")
    private String reason;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of the past ones at most so many, the latest; 100 unless told, 10000 at most.")
    private int count;

    @Option(names = "--json", description = "JSON on a terminal, too.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private boolean skipped;

    @Override
    public Integer call() {
        if (count < 0 || count > MOST) {
            throw new ParameterException(spec.commandLine(), "-n " + count + ": write 0 to " + MOST);
        }
        Map<String, String> parameters = filter.parameters();
        parameters.put("drops", drops ? "true" : null);
        parameters.put("reason", reason);
        parameters.put("lines", json || !Terminal.isOutput() ? "json" : "text");
        parameters.put(follow ? "past" : "limit", Integer.toString(count));
        if (follow) {
            live.api().lines("/log/stream" + ApiClient.query(parameters), this::event);
        } else if (count > 0) {
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
    private boolean event(String line) {
        if (line.isEmpty()) {
            skipped = false;
        } else if (line.equals(SKIPPED)) {
            skipped = true;
        } else if (line.startsWith(DATA)) {
            data(line.substring(DATA.length()));
        }
        return live.isHeard();
    }

    private void data(String text) {
        if (skipped) {
            live.warn(JsonView.parse(text).text("count") + " connections came too fast to be shown");
        } else {
            live.print(text + "\n");
        }
    }
}
