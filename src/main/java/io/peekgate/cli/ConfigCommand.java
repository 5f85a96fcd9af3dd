package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.config.Setting;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peekgate config}: the configuration in effect. */
@Command(
        name = "config",
        description = "Look at the configuration.",
        subcommands = {ConfigCommand.Show.class})
final class ConfigCommand {
    /** {@code peekgate config show}. */
    @Command(name = "show", description = "Show every value in effect, whether it was written down or is a default.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private ConfigOptions config;

        @Option(names = "--origin", description = "With the file and line, or what else it comes from.")
        private boolean origin;

        @Option(names = "--json", description = "Answer with one JSON object, by key.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            List<Setting> settings = config.loadAll().settings();
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    json
                            ? json(settings)
                            : Table.of(
                                    headings(), settings.stream().map(this::row).toList()));
            out.flush();
            return ExitCode.FINE;
        }

        private List<String> headings() {
            return origin ? List.of("KEY", "VALUE", "ORIGIN") : List.of("KEY", "VALUE");
        }

        private List<String> row(Setting setting) {
            return origin
                    ? List.of(setting.key(), setting.value(), setting.origin())
                    : List.of(setting.key(), setting.value());
        }

        private String json(List<Setting> settings) {
            return JsonText.object(object -> settings.forEach(setting -> {
                        object.writeObjectPropertyStart(setting.key());
                        object.writeStringProperty("value", setting.value());
                        if (origin) {
                            object.writeStringProperty("origin", setting.origin());
                        }
                        object.writeEndObject();
                    }))
                    + "\n";
        }
    }
}
