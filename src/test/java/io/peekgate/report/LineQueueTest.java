package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineQueueTest {
    private final StallingStream stalling = new StallingStream();

    @Test
    void what_a_dead_stream_does_not_take_in_time_is_lost_and_not_written_later() {
        LineQueue<Integer> queue = new LineQueue<>("test", stalling, i -> "line " + i, () -> {});
        queue.setMaxFlushTime(100);
        IntStream.range(0, 100).forEach(queue::doAppend);
        queue.stop();
        assertThat(stalling.lines()).isEmpty();
        assertThat(queue.lost()).isEqualTo(100);
        stalling.release();
        await().untilAsserted(() -> assertThat(stalling.lines()).containsExactly("line 0"));
    }

    @Test
    void an_event_that_cannot_be_rendered_is_lost_alone() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineQueue<Integer> queue = new LineQueue<>("test", out, i -> Integer.toString(6 / i), () -> {});
        IntStream.of(1, 0, 2).forEach(queue::doAppend);
        queue.stop();
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("6\n3\n");
        assertThat(queue.lost()).isEqualTo(1);
    }
}
