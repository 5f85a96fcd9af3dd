package io.peekgate.cli;

import io.peekgate.config.JsonText;
import io.peekgate.intercept.doctor.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** What the doctor found, for people and for programs. */
final class Findings {
    private Findings() {}

    /** With what is so and what mends it below each other, since both are sentences. */
    static String table(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "Nothing found.\n";
        }
        int width = findings.stream()
                .mapToInt(finding -> finding.check().length())
                .max()
                .orElse(0);
        return findings.stream().map(finding -> row(finding, width)).collect(Collectors.joining());
    }

    private static String row(Finding finding, int width) {
        String format = "@|bold,red %-" + width + "s|@  %s%n%" + width + "s  @|faint mend:|@ @|bold %s|@%n";
        return String.format(
                Locale.ROOT, Ansi.AUTO.string(format), finding.check(), finding.found(), "", finding.mend());
    }

    /** A line a finding; none if there are none. */
    static String tsv(List<Finding> findings) {
        return findings.stream()
                .map(finding -> String.join("\t", finding.check(), finding.found(), finding.mend()) + "\n")
                .collect(Collectors.joining());
    }

    static String json(List<Finding> findings) {
        return JsonText.object(object -> {
                    object.writeArrayPropertyStart("findings");
                    for (Finding finding : findings) {
                        object.writeStartObject();
                        object.writeStringProperty("check", finding.check());
                        object.writeStringProperty("found", finding.found());
                        object.writeStringProperty("mend", finding.mend());
                        object.writeEndObject();
                    }
                    object.writeEndArray();
                })
                + "\n";
    }
}
