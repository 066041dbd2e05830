package dev.hookbus.cli;

import dev.hookbus.config.HookBusConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command needs: where to write, and the settings it works under. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class CliCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** The settings of this process; a flag that can't be used has its safe default. */
  final Settings settings() {
    return settings(HookBusConfig::variable);
  }

  /** The settings of another process, by the values of its variables. */
  final Settings settings(Function<String, @Nullable String> variables) {
    List<String> problems = new ArrayList<>();
    HookBusConfig config = HookBusConfig.from(variables, problems::add);
    HookBusCli root = (HookBusCli) spec.root().userObject();
    Path database = root.database().orElse(config.database()).toAbsolutePath().normalize();
    return new Settings(config, database, root.database().isPresent(), problems);
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
