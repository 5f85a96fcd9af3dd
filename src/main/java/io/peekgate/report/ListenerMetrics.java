package io.peekgate.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peekgate.model.CloseReason;
import io.peekgate.model.CloseReason.Action;
import io.peekgate.model.CloseReason.Phase;
import io.peekgate.model.SessionReport;
import io.peekgate.model.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The meters of one listener's connections. */
final class ListenerMetrics {
    private final Phases phases = new Phases();
    private final Map<CloseReason, Counter> closed;
    private final Map<CloseReason, Counter> wouldDrop;
    private final Map<Action, Counter> mismatches = new EnumMap<>(Action.class);

    ListenerMetrics(MeterRegistry registry, String listener) {
        active(registry, listener, "peek", phases::peeking);
        active(registry, listener, "dial", phases::dialling);
        active(registry, listener, "relay", phases::relaying);
        closed = ProxyMetrics.byReason(
                ListenerMetrics::isWhyClosed,
                reason -> ProxyMetrics.counter("connections", "Connections, counted at their end")
                        .tags("listener", listener, "action", reason.action().code(), "reason", reason.code())
                        .register(registry));
        wouldDrop = ProxyMetrics.byReason(
                reason -> reason.phase() == Phase.REFUSED,
                reason -> ProxyMetrics.counter("would.drop", "Connections that a policy passed which only observes")
                        .tags("listener", listener, "reason", reason.code())
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

    private static void active(MeterRegistry registry, String listener, String phase, LongSupplier count) {
        Gauge.builder("peekgate.connections.active", count::getAsLong)
                .description("Connections that are open")
                .tags("listener", listener, "phase", phase)
                .register(registry);
    }

    /** A kill or an internal failure may end a connection in any phase. */
    private static boolean isWhyClosed(CloseReason reason) {
        return reason.phase() != Phase.ENDED || reason == CloseReason.KILLED || reason == CloseReason.INTERNAL;
    }

    Phases phases() {
        return phases;
    }

    void closed(SessionReport report) {
        phases.closed(report);
        closed.get(report.reason()).increment();
        report.verdict().flatMap(Verdict::wouldDrop).map(wouldDrop::get).ifPresent(Counter::increment);
        if (report.mismatch()) {
            mismatches.get(report.reason().action()).increment();
        }
    }
}
