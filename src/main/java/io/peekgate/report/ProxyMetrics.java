package io.peekgate.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.peekgate.model.ClientHello;
import io.peekgate.model.CloseReason;
import io.peekgate.model.CloseReason.Phase;
import io.peekgate.model.RelayEnd;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The meters of connections. All that one needs is registered beforehand, for each listener and reason, so that it costs
 * a few additions, and a counter stands at zero before it first counts. Nothing that a client chooses becomes a tag.
 */
public final class ProxyMetrics implements SessionObserver {
    private static final int MOST_RULES = 200;
    private static final String OTHER_RULES = "other";

    private static final Duration[] STAGE_BUCKETS =
            millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    private static final Duration[] LIFE_BUCKETS =
            millis(10, 100, 500, 1_000, 5_000, 30_000, 60_000, 300_000, 600_000, 3_600_000, 21_600_000, 86_400_000);
    private static final double[] HELLO_BUCKETS = {256, 512, 1024, 1536, 2048, 4096, 8192, 16384, 32768};

    private final MeterRegistry registry;
    private final Map<String, ListenerMetrics> listeners = new ConcurrentHashMap<>();
    private final Map<String, Counter> hits = new ConcurrentHashMap<>();
    private final Counter otherHits;
    private final Map<CloseReason, Counter> ended;
    private final Map<CloseReason, Timer> dns;
    private final Map<CloseReason, Timer> connect;
    private final Map<RelayEnd.Kind, Counter> bytesUp;
    private final Map<RelayEnd.Kind, Counter> bytesDown;
    private final Timer peek;
    private final Timer life;
    private final DistributionSummary helloBytes;
    private final Counter denied;

    /**
     * @param listeners the names of those whose meters are to be there before their first connection
     */
    public ProxyMetrics(MeterRegistry registry, Collection<String> listeners) {
        this.registry = registry;
        listeners.forEach(this::at);
        otherHits = hits(OTHER_RULES);
        ended = byReason(
                reason -> reason.phase() == Phase.ENDED,
                reason -> counter("connections.ended", "Relayed connections, by their end")
                        .tag("end", reason.code())
                        .register(registry));
        dns = byReason(
                reason -> true,
                reason -> timer("dns", "What connections waited for their target's addresses", STAGE_BUCKETS)
                        .tag("outcome", dnsOutcome(reason))
                        .register(registry));
        connect = byReason(
                reason -> true,
                reason -> timer("connect", "What connections waited for their server", STAGE_BUCKETS)
                        .tag("outcome", connectOutcome(reason))
                        .register(registry));
        bytesUp = bytes("up");
        bytesDown = bytes("down");
        peek = timer("peek", "From accept to the whole ClientHello, or to the refusal instead", STAGE_BUCKETS)
                .register(registry);
        life = timer("connection", "From accept to the end, of relayed connections", LIFE_BUCKETS)
                .register(registry);
        helloBytes = DistributionSummary.builder("peekgate.hello")
                .description("Length of ClientHellos")
                .baseUnit("bytes")
                .serviceLevelObjectives(HELLO_BUCKETS)
                .register(registry);
        denied = counter("destination.denied", "Connections of whose addresses the guard let none through")
                .register(registry);
    }

    @Override
    public void opened(String listener) {
        at(listener).phases().peek();
    }

    @Override
    public void dialling(String listener) {
        at(listener).phases().dial();
    }

    @Override
    public void relaying(String listener) {
        at(listener).phases().relay();
    }

    @Override
    public void closed(SessionReport report) {
        at(report.listener()).closed(report);
        if (report.reason() == CloseReason.DESTINATION_DENIED) {
            denied.increment();
        }
        report.verdict().flatMap(Verdict::rule).ifPresent(this::hit);
        report.hello().map(ClientHello::length).ifPresent(helloBytes::record);
        time(report);
        report.end().ifPresent(this::relayed);
    }

    private void time(SessionReport report) {
        SessionReport.Times times = report.times();
        record(peek, times.peek());
        record(dns.get(times.connect() < 0 ? report.reason() : CloseReason.RULE), times.dns());
        record(connect.get(report.upstream().isEmpty() ? report.reason() : CloseReason.RULE), times.connect());
        if (report.end().isPresent()) {
            record(life, times.total());
        }
    }

    private static void record(Timer timer, long nanos) {
        if (nanos >= 0) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void relayed(RelayEnd end) {
        ended.get(end.reason()).increment();
        bytesUp.get(end.kind()).increment((double) end.bytesUp());
        bytesDown.get(end.kind()).increment((double) end.bytesDown());
    }

    private void hit(String rule) {
        Counter known = hits.get(rule);
        (known == null ? hits(rule) : known).increment();
    }

    /** The lock is for a rule's first hit alone, so that not two loops take the last place. */
    private synchronized Counter hits(String rule) {
        return hits.size() < MOST_RULES + 1 || hits.containsKey(rule)
                ? hits.computeIfAbsent(
                        rule,
                        name -> counter("rule.hits", "Connections that a rule decided")
                                .tag("rule", name)
                                .register(registry))
                : otherHits;
    }

    private ListenerMetrics at(String listener) {
        ListenerMetrics known = listeners.get(listener);
        return known == null ? listeners.computeIfAbsent(listener, name -> new ListenerMetrics(registry, name)) : known;
    }

    /** A stage that its connection left for another reason than its own has no outcome. */
    private static String dnsOutcome(CloseReason reason) {
        return switch (reason) {
            case CLIENT_GONE, DRAINING, KILLED, INTERNAL -> "abandoned";
            default -> reason.code().startsWith("dns_") ? reason.code().substring("dns_".length()) : "ok";
        };
    }

    private static String connectOutcome(CloseReason reason) {
        if (reason.phase() == Phase.PASSED) {
            return "ok";
        }
        return reason.code().startsWith("connect_") ? reason.code().substring("connect_".length()) : "abandoned";
    }

    private Map<RelayEnd.Kind, Counter> bytes(String direction) {
        return Stream.of(RelayEnd.Kind.values())
                .collect(Collectors.toMap(
                        kind -> kind,
                        kind -> counter("bytes", "Bytes handed on; counted at a connection's end")
                                .tags("direction", direction, "relay", kind.code())
                                .register(registry)));
    }

    static <M> Map<CloseReason, M> byReason(Predicate<CloseReason> wanted, Function<CloseReason, M> meter) {
        Map<CloseReason, M> meters = new EnumMap<>(CloseReason.class);
        Stream.of(CloseReason.values()).filter(wanted).forEach(reason -> meters.put(reason, meter.apply(reason)));
        return meters;
    }

    static Counter.Builder counter(String name, String description) {
        return Counter.builder("peekgate." + name).description(description);
    }

    private static Timer.Builder timer(String name, String description, Duration... buckets) {
        return Timer.builder("peekgate." + name).description(description).serviceLevelObjectives(buckets);
    }

    private static Duration[] millis(long... millis) {
        return LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
