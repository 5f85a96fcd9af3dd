package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.model.SessionReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordingObserverTest {
    private final RecordingObserver observer = new RecordingObserver();

    @Test
    void awaits_a_report_from_another_thread() {
        CompletableFuture.runAsync(() -> observer.closed(report("1")));

        assertThat(observer.awaitOne().id()).isEqualTo("1");
    }

    @Test
    void gives_reports_once_and_in_order() {
        List.of("1", "2", "3").forEach(id -> observer.closed(report(id)));

        assertThat(observer.await(2)).extracting(SessionReport::id).containsExactly("1", "2");
        assertThat(observer.untaken()).extracting(SessionReport::id).containsExactly("3");
    }

    private static SessionReport report(String id) {
        return new SessionReport(
                Instant.EPOCH,
                id,
                "tls",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                CloseReason.NO_SNI,
                "",
                List.of(),
                Optional.empty(),
                new SessionReport.Times(-1, -1, -1, 0),
                Optional.empty());
    }
}
