package io.peekgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.testkit.ClientRun;
import io.peekgate.testkit.MeteredGateway;
import io.peekgate.testkit.PromQuery;
import io.peekgate.testkit.RequiresClient;
import io.peekgate.testkit.Scrape;
import io.peekgate.testkit.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts that ship, each expression against what a gateway really shows. */
class MonitoringFilesIT {
    private static final Path DASHBOARD = Path.of("conf/grafana/peekgate.json");
    private static final Path ALERTS = Path.of("conf/prometheus/peekgate.rules.yml");
    private static final Pattern IN_JSON = Pattern.compile("\"expr\": \"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern IN_YAML = Pattern.compile("(?m)^ +expr: (.+)$");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    private static Scrape scrape;

    @BeforeAll
    static void scrape_a_gateway_after_traffic() throws Exception {
        try (Tunnel.Origin origin = new Tunnel.Origin();
                MeteredGateway gateway = new MeteredGateway(origin.passing("tunnel.test"))) {
            origin.connect(gateway.address(), "tunnel.test").close();
            Tunnel.hello(gateway.address(), "elsewhere.test").close();
            gateway.observer().await(2);
            scrape = gateway.scrape();
        }
    }

    @AfterAll
    static void forget() {
        scrape = null;
    }

    @Test
    void every_expression_of_the_dashboard_finds_its_series() throws IOException {
        List<String> expressions = expressions(IN_JSON, DASHBOARD);
        assertThat(expressions).hasSizeGreaterThan(25);
        expressions.forEach(MonitoringFilesIT::check);
    }

    @Test
    void every_expression_of_the_alerts_finds_its_series() throws IOException {
        List<String> expressions = expressions(IN_YAML, ALERTS);
        assertThat(expressions).hasSizeGreaterThan(10);
        expressions.forEach(MonitoringFilesIT::check);
    }

    @Test
    void every_meter_of_ours_is_on_the_dashboard() throws IOException {
        String dashboard = Files.readString(DASHBOARD);
        assertThat(scrape.series().stream()
                        .map(series -> series.name().replaceFirst("_(bucket|count|sum|max)$", ""))
                        .filter(name -> name.startsWith("peekgate_"))
                        .distinct())
                .allMatch(dashboard::contains);
    }

    @Test
    void every_legend_names_a_label() throws IOException {
        Set<String> labels = labelsOf(scrape.series());
        assertThat(LEGEND.matcher(Files.readString(DASHBOARD)).results().map(legend -> legend.group(1)))
                .isNotEmpty()
                .allMatch(labels::contains);
    }

    /** They are counted where they pass or not, or, if they had passed, where they end. */
    @Test
    void every_count_of_connections_that_failed_in_ourselves_is_alerted() throws IOException {
        List<PromQuery.Selector> alerted = expressions(IN_YAML, ALERTS).stream()
                .flatMap(expression -> PromQuery.parse(expression).selectors().stream())
                .toList();
        assertThat(scrape.series().stream().filter(series -> series.labels().containsValue("internal")))
                .hasSizeGreaterThan(1)
                .allMatch(series -> alerted.stream().anyMatch(selector -> selector.selects(series)));
    }

    @Test
    @RequiresClient("promtool")
    void promtool_finds_nothing_wrong_with_the_alerts() throws Exception {
        promtoolFindsNothingWrongWith(ALERTS);
    }

    @Test
    @RequiresClient("promtool")
    void promtool_can_read_every_expression_of_the_dashboard(@TempDir Path directory) throws Exception {
        List<String> expressions = expressions(IN_JSON, DASHBOARD);
        String rules = IntStream.range(0, expressions.size())
                .mapToObj(i -> "{ record: 'dashboard:%d', expr: '%s' }"
                        .formatted(i, expressions.get(i).replace("'", "''")))
                .collect(Collectors.joining(", "));
        promtoolFindsNothingWrongWith(Files.writeString(
                directory.resolve("rules.yml"), "groups: [ { name: dashboard, rules: [ " + rules + " ] } ]"));
    }

    private static void promtoolFindsNothingWrongWith(Path rules) throws Exception {
        ClientRun run = ClientRun.of("", List.of("promtool", "check", "rules", rules.toString()));
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
    }

    private static void check(String expression) {
        PromQuery query = PromQuery.parse(expression);
        assertThat(query.selectors()).as(expression).isNotEmpty();
        for (PromQuery.Selector selector : query.selectors()) {
            assertThat(scrape.of(selector.name()))
                    .as("%s in %s", selector, expression)
                    .anyMatch(selector::selects);
        }
        Set<String> labels = labelsOf(query.selectors().stream()
                .flatMap(selector -> scrape.of(selector.name()).stream())
                .toList());
        assertThat(labels).as("labels of %s", expression).containsAll(query.grouping());
    }

    private static Set<String> labelsOf(List<Scrape.Series> series) {
        return series.stream()
                .map(Scrape.Series::labels)
                .map(Map::keySet)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static List<String> expressions(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1).replace("\\\"", "\""))
                .toList();
    }
}
