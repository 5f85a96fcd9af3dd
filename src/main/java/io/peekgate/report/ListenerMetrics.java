package io.peekgate.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peekgate.model.CloseReason;
import io.peekgate.model.CloseReason.Action;
import io.peekgate.model.CloseReason.Phase;
import io.peekgate.model.SessionReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The meters of one listener's connections. */
final class ListenerMetrics {
    private final LongAdder peeking = new LongAdder();
    private final LongAdder dialling = new LongAdder();
    private final LongAdder relaying = new LongAdder();
    private final Map<CloseReason, Counter> closed;
    private final Map<Action, Counter> mismatches = new EnumMap<>(Action.class);

    ListenerMetrics(MeterRegistry registry, String listener) {
        active(registry, listener, "peek", peeking);
        active(registry, listener, "dial", dialling);
        active(registry, listener, "relay", relaying);
        closed = ProxyMetrics.byReason(
                ListenerMetrics::isWhyClosed,
                reason -> ProxyMetrics.counter("connections", "Connections, counted at their end")
                        .tags("listener", listener, "action", reason.action().code(), "reason", reason.code())
                        .register(registry));
        for (Action action : Action.values()) {
            mismatches.put(
                    action,
                    ProxyMetrics.counter(
                                    "destination.mismatch",
                                    "Connections whose client dialled another address than our DNS has for the name")
                            .tags("listener", listener, "action", action.code())
                            .register(registry));
        }
    }

    private static void active(MeterRegistry registry, String listener, String phase, LongAdder count) {
        Gauge.builder("peekgate.connections.active", count, LongAdder::sum)
                .description("Connections that are open")
                .tags("listener", listener, "phase", phase)
                .register(registry);
    }

    /** An internal failure may end a connection in any phase. */
    private static boolean isWhyClosed(CloseReason reason) {
        return reason.phase() != Phase.ENDED || reason == CloseReason.INTERNAL;
    }

    void opened() {
        peeking.increment();
    }

    void dialling() {
        peeking.decrement();
        dialling.increment();
    }

    void relaying() {
        dialling.decrement();
        relaying.increment();
    }

    void closed(SessionReport report) {
        last(report).decrement();
        closed.get(report.reason()).increment();
        if (report.mismatch()) {
            mismatches.get(report.reason().action()).increment();
        }
    }

    /** Where it was when it ended. */
    private LongAdder last(SessionReport report) {
        if (report.upstream().isPresent()) {
            return relaying;
        }
        return report.times().dns() >= 0 ? dialling : peeking;
    }
}
