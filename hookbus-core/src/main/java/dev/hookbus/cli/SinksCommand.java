package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Groups the commands about sinks. */
@Command(
    name = "sinks",
    description = "Shows how delivery is doing, and holds it up or lets it go on.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SinksListCommand.class, SinksPauseCommand.class, SinksResumeCommand.class})
final class SinksCommand {}
