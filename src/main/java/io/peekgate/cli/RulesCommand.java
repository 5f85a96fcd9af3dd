package io.peekgate.cli;

import picocli.CommandLine.Command;

/** {@code peekgate rules}: the rules made at run time. */
@Command(
        name = "rules",
        description =
                "List and change the rules made at run time, which are asked before those of the configuration. They"
                        + " are in policy.state-file; a running gateway takes changes over by reload, or by itself with --watch.",
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
