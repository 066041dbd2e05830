package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Groups the commands about resident processes. */
@Command(
    name = "resident",
    description = "Shows or stops the processes that run hooks without starting a Java for each.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ResidentListCommand.class, ResidentStopCommand.class})
final class ResidentCommand {}
