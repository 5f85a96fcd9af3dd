package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConntrackTest {
    @TempDir
    Path directory;

    @Test
    void follows_the_number() throws IOException {
        Path file = Files.writeString(directory.resolve("count"), "0\n");
        Conntrack conntrack = Conntrack.of(file);
        assertThat(conntrack.isEmpty()).isTrue();

        Files.writeString(file, "1\n");
        assertThat(conntrack.isEmpty()).isFalse();

        Files.writeString(file, "0\n");
        assertThat(conntrack.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\n", "10\n", "262144\n", "", "-\n"})
    void is_surely_empty_only_at_zero(String text) throws IOException {
        assertThat(Conntrack.of(Files.writeString(directory.resolve("count"), text))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void is_not_surely_empty_where_nothing_tells() {
        assertThat(Conntrack.of(directory.resolve("none")).isEmpty()).isFalse();
    }

    @Test
    void is_not_surely_empty_once_it_can_no_longer_be_read() throws IOException {
        Conntrack conntrack = Conntrack.of(Files.writeString(directory.resolve("count"), "0\n"));
        Thread.currentThread().interrupt(); // which closes the file at the next look

        assertThat(conntrack.isEmpty()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(conntrack.isEmpty()).isFalse();
    }
}
