package io.peekgate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.peekgate.boot.Administration;
import io.peekgate.config.ConfigLoader;
import io.peekgate.report.RecentSessions;
import io.peekgate.report.SessionObserver;
import io.peekgate.report.Tally;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody hears of connections for whom nobody can ask. */
class NoTrafficTest {
    @TempDir
    private Path directory;

    private List<SessionObserver> observers(String... overrides) {
        List<String> all = List.of("state-dir=\"" + directory + "\"", overrides[0], overrides[1]);
        try (Administration administration =
                new Administration(ConfigLoader.load(List.of(), all).admin())) {
            return administration.beside(List.of());
        }
    }

    @Test
    void without_an_api_there_is_no_observer() {
        assertThat(observers("admin.bind=off", "admin.recent=10")).isEmpty();
    }

    @Test
    void with_one_there_is_a_tally_and_a_ring_unless_nothing_is_to_be_remembered() {
        assertThat(observers("admin.bind=\"127.0.0.1:0\"", "admin.recent=10"))
                .hasExactlyElementsOfTypes(Tally.class, RecentSessions.class);
        assertThat(observers("admin.bind=\"127.0.0.1:0\"", "admin.recent=0")).hasExactlyElementsOfTypes(Tally.class);
    }
}
