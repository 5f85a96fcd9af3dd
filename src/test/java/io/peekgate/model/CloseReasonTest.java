package io.peekgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.model.CloseReason.Action;
import io.peekgate.model.CloseReason.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloseReasonTest {
    @ParameterizedTest
    @EnumSource
    void every_reason_says_in_a_sentence_what_happened_and_what_to_do(CloseReason reason) {
        assertThat(reason.code()).matches("[a-z][a-z0-9_]*");
        assertThat(reason.sentence()).matches("[A-Za-z][ -~]+\\.");
        assertThat(reason.advice()).matches("[A-Z][ -~]+\\.");
    }

    @Test
    void sentences_are_told_apart() {
        assertThat(CloseReason.values()).extracting(CloseReason::sentence).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "RULE,               PASSED,   PASS",
        "DEFAULT,            PASSED,   PASS",
        "NO_SNI,             REFUSED,  DROP",
        "MALFORMED_HELLO,    REFUSED,  DROP",
        "DNS_NXDOMAIN,       DIALLING, FAIL",
        "CONNECT_TIMEOUT,    DIALLING, FAIL",
        "DESTINATION_DENIED, DIALLING, DROP",
        "LOOP,               DIALLING, DROP",
        "CLIENT_FIN,         ENDED,    PASS",
        "INTERNAL,           ENDED,    FAIL",
    })
    void a_reason_belongs_to_a_phase_and_an_action(CloseReason reason, Phase phase, Action action) {
        assertThat(reason.phase()).isEqualTo(phase);
        assertThat(reason.action()).isEqualTo(action);
    }

    @Test
    void codes_are_the_names_in_lower_case() {
        assertThat(CloseReason.DNS_NO_ADDRESS.code()).isEqualTo("dns_no_address");
        assertThat(Action.DROP.code()).isEqualTo("drop");
    }
}
