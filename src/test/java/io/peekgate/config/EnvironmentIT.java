package io.peekgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The environment of a process is fixed, so each test starts one that loads a file and prints what came of it. */
class EnvironmentIT {
    /** Loads the file that is its first argument, with the overrides that follow. */
    static final class Loading {
        public static void main(String[] args) {
            List<String> all = List.of(args);
            try {
                ProxyConfig config = ConfigLoader.load(List.of(Path.of(args[0])), all.subList(1, all.size()));
                System.out.println(config.log());
                System.out.println(config.policy().defaultAction());
            } catch (InvalidConfigException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void the_environment_wins_over_the_file_and_an_override_over_the_environment() throws Exception {
        Path file =
                new Configs(directory).write("a.conf", "peekgate.log { level = warn, format = text, access = off }");

        String output = load(
                Map.of(
                        "CONFIG_FORCE_peekgate_log_level", "debug",
                        "CONFIG_FORCE_peekgate_log_format", "json",
                        "CONFIG_FORCE_peekgate_policy_default__action", "passthrough",
                        "CONFIG_FORCE_other_program", "is not ours"),
                file.toString(),
                "log.format=auto");

        assertThat(output).isEqualToIgnoringNewLines("Log[level=DEBUG, format=AUTO, access=OFF]PASSTHROUGH");
    }

    @Test
    @Timeout(60)
    void a_mistake_in_the_environment_is_named() throws Exception {
        Path file = new Configs(directory).write("a.conf", "");

        assertThat(load(Map.of("CONFIG_FORCE_peekgate_log_levl", "debug"), file.toString()))
                .isEqualToIgnoringNewLines("env variables overrides: log.levl: unknown key; did you mean \"level\"?");
    }

    private static String load(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return output;
    }
}
