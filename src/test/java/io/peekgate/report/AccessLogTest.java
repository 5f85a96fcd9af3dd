package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peekgate.report.AccessLog.Access;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessLogTest {
    private static final int THREADS = 16;
    private static final int REPORTS_EACH = 2_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void access_lines_go_to_their_stream_and_server_lines_to_theirs() {
        try (ServerLog server = new ServerLog()) {
            AccessLog log = new AccessLog(out, Format.TEXT, Access.ALL);
            SessionObserver both = SessionObserver.all(List.of(log, new MisuseWarnings()));
            both.closed(Reports.misuse());
            log.close();
            assertThat(written()).containsExactly(Format.TEXT.line(Reports.misuse()));
            assertThat(server.lines()).singleElement().asString().contains(" WARN  peekgate: 10.0.0.9:51234 on egress");
        }
    }

    @Test
    void only_drops_and_failures_are_written_if_access_is_drops() {
        writeAllKinds(Access.DROPS);
        assertThat(written())
                .containsExactly(
                        Format.TEXT.line(Reports.dropped()),
                        Format.TEXT.line(Reports.failed()),
                        Format.TEXT.line(Reports.misuse()));
    }

    @Test
    void nothing_is_written_if_access_is_off() {
        writeAllKinds(Access.OFF);
        assertThat(written()).isEmpty();
    }

    @Test
    void close_writes_every_line_that_waits() {
        AccessLog log = new AccessLog(out, Format.JSON, Access.ALL);
        IntStream.range(0, 5_000).forEach(i -> log.closed(Reports.numbered(i)));
        log.close();
        assertThat(written()).hasSize(5_000).last().asString().contains("\"id\":\"4999\"");
        assertThat(log.lost()).isZero();
    }

    @Test
    void each_line_is_flushed_at_once() {
        AtomicInteger flushed = new AtomicInteger();
        AccessLog log = new AccessLog(
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void flush() {
                        flushed.incrementAndGet();
                    }
                },
                Format.TEXT,
                Access.ALL);
        log.closed(Reports.passed());
        log.closed(Reports.passed());
        await().until(() -> flushed.get() == 2);
        log.close();
    }

    @Test
    void a_stalled_stream_blocks_nobody_and_every_lost_line_is_counted() throws Exception {
        try (ServerLog server = new ServerLog()) {
            StallingStream stalling = new StallingStream();
            AccessLog log = new AccessLog(stalling, Format.TEXT, Access.ALL);
            reportFromManyThreads(log);
            assertThat(log.lost()).isPositive();
            stalling.release();
            log.close();
            assertThat(stalling.lines().size() + log.lost()).isEqualTo(THREADS * REPORTS_EACH);
            assertThat(server.lines())
                    .hasSize(2)
                    .satisfies(lines -> assertThat(lines.get(0)).contains("The access log cannot keep up"))
                    .satisfies(lines ->
                            assertThat(lines.get(1)).endsWith("The access log lost " + log.lost() + " lines in all"));
        }
    }

    @Test
    void what_a_failing_stream_refuses_is_lost_and_later_lines_are_tried_again() {
        AccessLog log = new AccessLog(
                new OutputStream() {
                    private boolean failed;

                    @Override
                    public void write(int b) throws IOException {
                        if (!failed) {
                            failed = true;
                            throw new IOException("no space left");
                        }
                        out.write(b);
                    }
                },
                Format.TEXT,
                Access.ALL);
        log.closed(Reports.numbered(1));
        log.closed(Reports.numbered(2));
        log.close();
        assertThat(log.lost()).isEqualTo(1);
        assertThat(written()).containsExactly(Format.TEXT.line(Reports.numbered(2)));
    }

    private void writeAllKinds(Access access) {
        AccessLog log = new AccessLog(out, Format.TEXT, access);
        List.of(Reports.passed(), Reports.dropped(), Reports.failed(), Reports.misuse())
                .forEach(log::closed);
        log.close();
    }

    private static void reportFromManyThreads(AccessLog log) throws InterruptedException {
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(i -> new Thread(
                        () -> IntStream.range(0, REPORTS_EACH).forEach(n -> log.closed(Reports.numbered(n)))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<String> written() {
        return out.toString(StandardCharsets.US_ASCII).lines().toList();
    }
}
