package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.rules.Imported;
import io.peekgate.rules.RuleImport;
import io.peekgate.rules.RuleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code peekgate rules import}: rules from what other programs keep theirs in. */
@Command(
        name = "import",
        description =
                "Take rules from somebody else's list, and tell what each entry becomes, or why it becomes no rule.")
final class RulesImportCommand implements Callable<Integer> {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = Formats.class,
            completionCandidates = Formats.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private RuleImport.Format format;

    @Parameters(paramLabel = "FILE", description = "What to read; - is standard input.")
    private String file;

    @Option(names = "--dry-run", description = "Only tell; needs neither a configuration nor a gateway.")
    private boolean dryRun;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Mixin
    private RuleEdits edits;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RuleImport imported;
        try (TextInput input = TextInput.of(file)) {
            imported = RuleImport.read(format, input.rest(), input.name());
        }
        print(imported);
        if (imported.rules().isEmpty()) {
            return ExitCode.FAILED;
        }
        if (dryRun) {
            return ExitCode.FINE;
        }
        BatchText changes = new BatchText();
        imported.rules().forEach(rule -> changes.add(rule, Optional.empty()));
        return edits.apply(changes, added -> json ? "" : "# added " + Words.count(added.size(), "rule") + "\n");
    }

    private void print(RuleImport imported) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(imported));
        } else {
            imported.entries().forEach(entry -> out.println(line(entry)));
            out.print(RuleText.rules(imported.rules()));
        }
        out.flush();
    }

    /** A comment, so that the whole is a rule file. */
    private static String line(Imported entry) {
        String became = entry.rule().map(RuleText::of).orElse("no rule");
        return "# " + entry.place() + "\t" + printable(entry.text()) + "\t" + became
                + (entry.remark().isEmpty() ? "" : "\t" + printable(entry.remark()));
    }

    /** An entry with a line's end in it must not end the comment. */
    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    private static String json(RuleImport imported) {
        return JsonText.object(object -> {
            object.writeArrayPropertyStart("entries");
            for (Imported entry : imported.entries()) {
                object.writeStartObject();
                entry.write(object);
                object.writeEndObject();
            }
            object.writeEndArray();
            JsonText.strings(
                    object, "rules", imported.rules().stream().map(RuleText::of).toList());
        });
    }

    /** The formats' names as they are written. */
    static final class Formats implements ITypeConverter<RuleImport.Format>, Iterable<String> {
        @Override
        public RuleImport.Format convert(String text) {
            return Arrays.stream(RuleImport.Format.values())
                    .filter(format -> format.code().equals(text))
                    .findAny()
                    .orElseThrow(() ->
                            new TypeConversionException("\"" + text + "\" is none of " + String.join(", ", this)));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(RuleImport.Format.values())
                    .map(RuleImport.Format::code)
                    .iterator();
        }
    }
}
