package io.peekgate.cli;

import io.peekgate.config.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peekgate connections}: those that are, and those that were. */
@Command(
        name = "connections",
        description = "Look at the running gateway's connections.",
        subcommands = {ConnectionsCommand.ListThem.class, ConnectionsCommand.Kill.class, ConnectionsLogCommand.class})
final class ConnectionsCommand {
    /** Which connections. */
    static final class Filter {
        @Option(names = "--sni", paramLabel = "PATTERN", description = "Names, as in a rule's match.")
        private String sni;

        @Option(names = "--source", paramLabel = "CIDR", description = "Clients.")
        private String source;

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("sni", sni);
            parameters.put("source", source);
            return parameters;
        }
    }

    /** {@code peekgate connections list}. */
    @Command(name = "list", description = "List the connections that are open now, the newest first.")
    static final class ListThem implements Callable<Integer> {
        private static final List<String> HEADINGS =
                List.of("ID", "SINCE", "PHASE", "SOURCE", "SNI", "RULE", "UPSTREAM", "UP", "DOWN");
        private static final List<String> KEYS =
                List.of("id", "time", "phase", "source", "sni", "rule", "upstream", "bytes_up", "bytes_down");

        @Mixin
        private LiveOptions live;

        @Mixin
        private Filter filter;

        @Option(names = "--json", description = "Answer with one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            String answer = live.api().text("GET", "/connections" + ApiClient.query(filter.parameters()), "");
            return live.print(json ? answer : Table.of(HEADINGS, rows(JsonView.parse(answer))));
        }

        private static List<List<String>> rows(JsonView answer) {
            return answer.objects("connections").stream()
                    .map(connection -> KEYS.stream().map(connection::text).toList())
                    .toList();
        }
    }

    /** {@code peekgate connections kill}. */
    @Command(name = "kill", description = "End a connection at once; both its sides are reset.")
    static final class Kill implements Callable<Integer> {
        @Mixin
        private LiveOptions live;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "As connections list shows it.")
        private List<String> ids;

        @Override
        public Integer call() {
            ApiClient api = live.api();
            Stream<String> killed = ids.stream().map(id -> {
                api.text("DELETE", "/connections/" + id, "");
                return "killed " + id + "\n";
            });
            killed.forEach(live::print);
            return ExitCode.FINE;
        }
    }
}
