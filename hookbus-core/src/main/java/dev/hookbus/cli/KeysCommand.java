package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Groups the commands about keys. */
@Command(
    name = "keys",
    description = "Shows and frees the keys by which work is done once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeysListCommand.class, KeysReleaseCommand.class})
final class KeysCommand {}
