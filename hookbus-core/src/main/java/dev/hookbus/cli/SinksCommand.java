package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Groups the commands about sinks. */
@Command(
    name = "sinks",
    description = "Shows, pauses and resumes delivery to the sinks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SinksListCommand.class, SinksPauseCommand.class, SinksResumeCommand.class})
final class SinksCommand {}
