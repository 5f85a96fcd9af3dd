package io.peekgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a process of its own, so that its real standard output and error are seen, and logback's own start. */
class LogProcessIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void access_lines_alone_are_on_standard_output_and_the_server_log_alone_on_standard_error(Format format)
            throws Exception {
        run(format);
        assertThat(lines("out")).containsExactly(format.line(Reports.misuse()));
        assertThat(lines("err"))
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0)).contains("set up in"))
                .satisfies(lines -> assertThat(lines.get(1)).contains("[http_connect, id 10]"));
    }

    @Test
    void a_configuration_file_of_logback_is_not_looked_for() throws Exception {
        Path file = Files.writeString(directory.resolve("logback.xml"), "<configuration debug=\"true\"/>");
        run(Format.TEXT, "-Dlogback.configurationFile=" + file);
        assertThat(lines("out")).hasSize(1);
        assertThat(lines("err")).hasSize(2);
    }

    private void run(Format format, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LogProbe.class.getName(), format.name()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private List<String> lines(String stream) throws IOException {
        return Files.readAllLines(directory.resolve(stream));
    }
}
