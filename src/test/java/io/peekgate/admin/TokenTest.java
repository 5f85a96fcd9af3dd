package io.peekgate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peekgate.report.Format;
import io.peekgate.report.Logging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token, where it comes from and what is taken for it. */
class TokenTest {
    private static final String SECRET = "0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void one_is_made_where_there_is_none_for_its_owner_alone_to_read() throws IOException {
        Path file = directory.resolve("new/admin.token");
        Token made = Token.of(file, true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.isToken(Files.readString(file).strip())).isTrue();
        assertThat(Files.readString(file).strip()).matches("[\\w-]{43}");
    }

    @Test
    void one_that_is_there_is_kept() throws IOException {
        Path file = existing(SECRET + "\n", "rw-------");
        assertThat(Token.of(file, true).isToken(SECRET)).isTrue();
        assertThat(Files.readString(file)).isEqualTo(SECRET + "\n");
    }

    @Test
    void none_is_made_where_its_owner_has_to_choose_one() {
        Path file = directory.resolve("admin.token");
        assertThatThrownBy(() -> Token.of(file, false))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be read; write a token into it, for its owner alone to read");
        assertThat(file).doesNotExist();
    }

    @Test
    void what_cannot_be_read_is_refused() throws IOException {
        Path nowhere = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nothing"));
        assertThatThrownBy(() -> Token.of(nowhere, false)).hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "0123456789abcde", "0123456789 abcdef", "0123456789abcdef\n0123456789abcdef"})
    void what_is_too_short_or_not_printable_is_refused(String text) throws IOException {
        Path file = existing(text, "rw-------");
        assertThatThrownBy(() -> Token.of(file, true))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " holds no token; write 16 or more printable characters into it, or delete it");
    }

    @ParameterizedTest
    @CsvSource({"rw----r--, true", "rw-r--r--, true", "rw-r-----, false", "rw-------, false"})
    void a_file_that_anybody_may_read_is_taken_with_a_warning(String permissions, boolean warned) throws IOException {
        Path file = existing(SECRET, permissions);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Logging logging = Logging.start("info", Format.TEXT, out)) {
            assertThat(Token.of(file, true).isToken(SECRET)).isTrue();
        }
        assertThat(out.toString(UTF_8).lines().filter(line -> line.contains("chmod 600 " + file)))
                .hasSize(warned ? 1 : 0);
        assertThat(out.toString(UTF_8)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER "})
    void the_scheme_is_read_in_any_case(String scheme) throws IOException {
        Token token = Token.of(existing(SECRET, "rw-------"), false);
        assertThat(token.isBearer(scheme + SECRET)).isTrue();
        assertThat(token.isBearer(scheme + "x" + SECRET)).isFalse();
        assertThat(token.isBearer(scheme + SECRET.replace('a', 'A'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", SECRET, "Basic " + SECRET, "Bearer_" + SECRET})
    void what_is_no_bearer_is_not_taken(String authorization) throws IOException {
        assertThat(Token.of(existing(SECRET, "rw-------"), false).isBearer(authorization))
                .isFalse();
    }

    private Path existing(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("admin.token"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
