package dev.hookbus.cli;

import picocli.CommandLine.Command;

/** Groups the commands about what a store holds as a whole. */
@Command(
    name = "store",
    description = "Prints or checks a shared store's tables, and moves keys and statistics.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StateSchemaCommand.class, StateExportCommand.class, StateImportCommand.class})
final class StateCommand {}
