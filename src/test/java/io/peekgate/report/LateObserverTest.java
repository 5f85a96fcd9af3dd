package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.SessionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LateObserverTest {
    private final LateObserver late = new LateObserver();

    @Test
    void what_was_heard_before_is_handed_on_in_its_order() {
        List<String> heard = new ArrayList<>();
        late.opened("a");
        late.dialling("a");
        late.relaying("a");
        late.closed(Reports.numbered(1));
        assertThat(heard).isEmpty();

        late.arrive(new Listing(heard));
        assertThat(heard).containsExactly("opened a", "dialling a", "relaying a", "closed 1");
    }

    @Test
    void what_is_heard_after_is_handed_on_at_once() {
        List<String> heard = new ArrayList<>();
        late.arrive(new Listing(heard));
        late.opened("a");
        late.dialling("a");
        late.relaying("a");
        late.closed(Reports.numbered(1));
        assertThat(heard).containsExactly("opened a", "dialling a", "relaying a", "closed 1");
    }

    @Test
    void nothing_is_lost_or_doubled_if_it_arrives_amid_the_noise() {
        for (int round = 0; round < 200; round++) {
            LateObserver observer = new LateObserver();
            LongAdder heard = new LongAdder();
            IntStream.range(0, 200).parallel().forEach(number -> {
                if (number == 100) {
                    observer.arrive(report -> heard.increment());
                } else {
                    observer.closed(Reports.numbered(number));
                }
            });
            assertThat(heard.sum()).isEqualTo(199);
        }
    }

    private record Listing(List<String> heard) implements SessionObserver {
        @Override
        public void opened(String listener) {
            heard.add("opened " + listener);
        }

        @Override
        public void dialling(String listener) {
            heard.add("dialling " + listener);
        }

        @Override
        public void relaying(String listener) {
            heard.add("relaying " + listener);
        }

        @Override
        public void closed(SessionReport report) {
            heard.add("closed " + report.id());
        }
    }
}
