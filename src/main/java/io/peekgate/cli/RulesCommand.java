package io.peekgate.cli;

import picocli.CommandLine.Command;

/** {@code peekgate rules}: the group of what is done to rules. */
@Command(
        name = "rules",
        description = "Take over the rules of other programs, and print one's own.",
        subcommands = {RulesImportCommand.class, RulesExportCommand.class})
final class RulesCommand {}
