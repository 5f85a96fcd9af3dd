package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.SessionReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserversTest {
    @Test
    void one_that_fails_is_logged_and_keeps_no_other_from_hearing() {
        List<String> heard = new ArrayList<>();
        try (ServerLog log = new ServerLog()) {
            SessionObserver all =
                    SessionObserver.all(List.of(new Recording("a", heard), new Failing(), new Recording("b", heard)));
            all.opened("egress");
            all.closed(Reports.passed());
            assertThat(heard).containsExactly("a opened egress", "b opened egress", "a closed 7", "b closed 7");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("ERROR"))
                    .hasSize(2)
                    .allMatch(line -> line.endsWith("An observer of connections failed"));
        }
    }

    private record Recording(String name, List<String> heard) implements SessionObserver {
        @Override
        public void opened(String listener) {
            heard.add(name + " opened " + listener);
        }

        @Override
        public void closed(SessionReport report) {
            heard.add(name + " closed " + report.id());
        }
    }

    private record Failing() implements SessionObserver {
        @Override
        public void opened(String listener) {
            throw new IllegalStateException("not now");
        }

        @Override
        public void closed(SessionReport report) {
            throw new IllegalStateException("not now");
        }
    }
}
