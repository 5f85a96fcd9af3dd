package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason.Action;
import io.peekgate.report.Reports;
import io.peekgate.report.Tally;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final Tally tally = new Tally();
    private final History history = new History(tally);

    @Test
    void each_sample_has_what_was_counted_in_its_interval() {
        tally.closed(Reports.dropped());
        tally.closed(Reports.passed());
        history.sample();
        tally.closed(Reports.dropped());
        history.sample();
        assertThat(history.samples())
                .extracting(sample -> sample.counts().of(Action.DROP))
                .containsExactly(1L, 1L);
        assertThat(history.samples())
                .extracting(sample -> sample.counts().of(Action.PASS))
                .containsExactly(1L, 0L);
    }

    @Test
    void it_forgets_the_oldest() {
        for (int i = 0; i < History.MOST + 10; i++) {
            tally.opened("egress");
            history.sample();
        }
        assertThat(history.samples()).hasSize(History.MOST);
        assertThat(history.samples().get(0).counts().active()).isEqualTo(11);
    }
}
