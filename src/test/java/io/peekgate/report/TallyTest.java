package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason;
import io.peekgate.model.CloseReason.Action;
import io.peekgate.report.Tally.Counts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void each_phase_counts_those_that_are_in_it() {
        for (int i = 0; i < 6; i++) {
            tally.opened("egress");
        }
        for (int i = 0; i < 4; i++) {
            tally.dialling("egress");
        }
        tally.relaying("egress");
        assertThat(tally.counts().peeking()).isEqualTo(2);
        assertThat(tally.counts().dialling()).isEqualTo(3);
        assertThat(tally.counts().relaying()).isEqualTo(1);
        assertThat(tally.counts().active()).isEqualTo(6);

        tally.closed(Reports.misuse());
        tally.closed(Reports.failed());
        tally.closed(Reports.passed());
        assertThat(tally.counts().peeking()).isEqualTo(1);
        assertThat(tally.counts().dialling()).isEqualTo(2);
        assertThat(tally.counts().relaying()).isZero();
    }

    @Test
    void what_is_over_counts_by_reason_and_action_and_with_its_bytes() {
        tally.closed(Reports.passed());
        tally.closed(Reports.observed());
        tally.closed(Reports.dropped());
        tally.closed(Reports.failed());
        Counts counts = tally.counts();
        assertThat(counts.reasons())
                .isEqualTo(Map.of(CloseReason.RULE, 2L, CloseReason.RULE_DROP, 1L, CloseReason.CONNECT_REFUSED, 1L));
        assertThat(counts.total()).isEqualTo(4);
        assertThat(counts.of(Action.PASS)).isEqualTo(2);
        assertThat(counts.of(Action.DROP)).isEqualTo(1);
        assertThat(counts.of(Action.FAIL)).isEqualTo(1);
        assertThat(counts.wouldDrop()).isEqualTo(1);
        assertThat(counts.bytesUp()).isEqualTo(2 * 517);
        assertThat(counts.bytesDown()).isEqualTo(2 * 5300);
    }

    @Test
    void a_difference_has_what_came_between() {
        tally.closed(Reports.passed());
        tally.closed(Reports.dropped());
        Counts before = tally.counts();
        tally.opened("egress");
        tally.closed(Reports.dropped());
        tally.opened("egress");
        Counts between = tally.counts().since(before);
        assertThat(between.reasons()).isEqualTo(Map.of(CloseReason.RULE_DROP, 1L));
        assertThat(between.bytesUp()).isZero();
        assertThat(between.active()).isEqualTo(tally.counts().active());
    }
}
