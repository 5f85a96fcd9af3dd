package io.peekgate.cli;

import picocli.CommandLine.Command;

/** {@code peekgate rules}: the rules made at run time. */
@Command(
        name = "rules",
        description =
                "List and change the rules made at run time, which are asked before those of the configuration. They"
                        + " are in policy.state-file. A running gateway is told of each change, which counts at once; one"
                        + " without an admin API takes it over by reload, or by itself with --watch.",
        subcommands = {
            RulesListCommand.class,
            RulesAddCommand.class,
            RulesEditCommand.class,
            RulesSwitchCommand.Enable.class,
            RulesSwitchCommand.Disable.class,
            RulesMoveCommand.class,
            RulesRemoveCommand.class,
            RulesImportCommand.class,
            RulesExportCommand.class
        })
final class RulesCommand {}
