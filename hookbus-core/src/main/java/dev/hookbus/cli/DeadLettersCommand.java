package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Groups the commands about dead letters. */
@Command(
    name = "dead-letters",
    description = "Shows the events that sinks refused for good, and sends them again.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersRequeueCommand.class,
      DeadLettersPurgeCommand.class
    })
final class DeadLettersCommand {}
