package dev.hookbus.cli;

import dev.hookbus.config.HookBusConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings a command works under.
 *
 * @param config the flags
 * @param database the database file, absolute
 * @param databaseByOption whether the command line named it
 * @param problems a line for each flag that can't be used
 */
record Settings(
    HookBusConfig config, Path database, boolean databaseByOption, List<String> problems) {

  Settings {
    problems = List.copyOf(problems);
  }
}
