package io.peekgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final InetAddress CLIENTS = new InetSocketAddress("192.0.2.1", 0).getAddress();
    private static final InetAddress OURS = new InetSocketAddress("192.0.2.2", 0).getAddress();

    @Test
    void resolve_dials_ours() {
        assertThat(dialled(Destination.RESOLVE).candidates(List.of(OURS, CLIENTS)))
                .containsExactly(OURS, CLIENTS);
        assertThat(dialled(Destination.RESOLVE).candidates(List.of(OURS))).containsExactly(OURS);
    }

    @Test
    void original_if_resolved_dials_the_clients_if_it_is_ours_too() {
        Target target = dialled(Destination.ORIGINAL_IF_RESOLVED);
        assertThat(target.candidates(List.of(OURS, CLIENTS))).containsExactly(CLIENTS);
        assertThat(target.candidates(List.of(OURS))).containsExactly(OURS);
    }

    @Test
    void original_dials_the_clients_and_needs_no_answer() {
        Target target = dialled(Destination.ORIGINAL);
        assertThat(target.needsAnswer()).isFalse();
        assertThat(target.candidates(List.of())).containsExactly(CLIENTS);
        assertThat(target.candidates(List.of(OURS))).containsExactly(CLIENTS);
    }

    @Test
    void strict_dials_the_clients_if_it_is_ours_too_and_else_refuses() {
        Target target = dialled(Destination.STRICT);
        assertThat(target.candidates(List.of(OURS, CLIENTS))).containsExactly(CLIENTS);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> target.candidates(List.of(OURS)))
                .satisfies(no -> assertThat(no.reason()).isEqualTo(CloseReason.DESTINATION_MISMATCH));
    }

    @Test
    void every_mode_tells_a_mismatch_once_there_is_an_answer() {
        for (Destination mode : Destination.values()) {
            Target target = dialled(mode);
            assertThat(target.mismatches(List.of(OURS))).isTrue();
            assertThat(target.mismatches(List.of(OURS, CLIENTS))).isFalse();
            assertThat(target.mismatches(List.of())).isFalse();
        }
        assertThat(new Target.Fixed(CLIENTS, 443, false).mismatches(List.of(OURS)))
                .isFalse();
    }

    private static Target dialled(Destination mode) {
        return new Target.Dialled(ServerName.of("www.example.com"), new InetSocketAddress(CLIENTS, 443), mode, false);
    }
}
