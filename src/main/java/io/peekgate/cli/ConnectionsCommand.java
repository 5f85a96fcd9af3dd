package io.peekgate.cli;

import io.peekgate.config.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peekgate connections}: those that are, and those that were. */
@Command(
        name = "connections",
        description = "Look at the running gateway's connections, and end some.",
        subcommands = {ConnectionsCommand.ListThem.class, ConnectionsCommand.Kill.class, ConnectionsLogCommand.class})
final class ConnectionsCommand {
    /** Which connections. */
    static final class Filter {
        @Option(
                names = "--sni",
                paramLabel = "PATTERN",
                description = "Only those for such names, such as *.example.com.")
        private String sni;

        @Option(
                names = "--source",
                paramLabel = "CIDR",
                description = "Only those of such clients, such as 10.0.0.0/8.")
        private String source;

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("sni", sni);
            parameters.put("source", source);
            return parameters;
        }
    }

    /** {@code peekgate connections list}. */
    @Command(
            name = "list",
            description = "List the connections that are open now, the newest first, and the bytes that they have"
                    + " moved up to the server and down to the client.")
    static final class ListThem implements Callable<Integer> {
        private static final List<String> HEADINGS =
                List.of("ID", "SINCE", "PHASE", "SOURCE", "SNI", "RULE", "UPSTREAM", "UP", "DOWN");
        private static final List<String> KEYS =
                List.of("id", "time", "phase", "source", "sni", "rule", "upstream", "bytes_up", "bytes_down");
        private static final int MOST = 10_000;

        @Mixin
        private LiveOptions live;

        @Mixin
        private Filter filter;

        @Option(names = "--json", description = "Answer with one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Map<String, String> parameters = filter.parameters();
            parameters.put("limit", Integer.toString(MOST));
            String answer = live.api().text("GET", "/connections" + ApiClient.query(parameters), "");
            return json ? live.print(answer) : table(JsonView.parse(answer));
        }

        private int table(JsonView answer) {
            List<List<String>> rows = answer.objects("connections").stream()
                    .map(connection -> KEYS.stream().map(connection::text).toList())
                    .toList();
            if (answer.number("total") > MOST) {
                live.warn("the newest " + MOST + " of " + answer.text("total") + " are looked at");
            }
            return live.print(Table.of(HEADINGS, rows));
        }
    }

    /** {@code peekgate connections kill}. */
    @Command(name = "kill", description = "Reset connections on both sides, at once.")
    static final class Kill implements Callable<Integer> {
        @Mixin
        private LiveOptions live;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "As connections list shows it.")
        private List<String> ids;

        /** One that is over is no reason to let the others live. */
        @Override
        public Integer call() {
            ApiClient api = live.api();
            return ids.stream().mapToInt(id -> kill(api, id)).max().orElse(ExitCode.FINE);
        }

        private int kill(ApiClient api, String id) {
            try {
                api.text("DELETE", "/connections/" + ApiClient.encoded(id), "");
                return live.print("killed " + id + "\n");
            } catch (ApiClient.Unreachable gone) {
                throw gone;
            } catch (ApiClient.Failure refused) {
                return live.warn(refused.getMessage());
            }
        }
    }
}
