package dev.hookbus;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.safety.Problems;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.DrainOutcome;
import dev.hookbus.sink.DrainerProcess;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkSettings;
import dev.hookbus.sink.Sinks;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that delivers what hooks leave behind: one for each machine, started by a hook,
 * outliving it, ended when nothing is left. It reads the same flags as the hook that started it.
 */
public final class Drainer {

  private static final Duration IDLE = Duration.ofSeconds(5);

  /** A receiver that is away longer is left to the next drainer. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Drainer() {}

  /** The process's entry point; its one argument is the number it was given the right with. */
  public static void main(String[] arguments) {
    HookBusConfig config = HookBusConfig.fromEnvironment(flag -> {});
    long holder = arguments.length == 0 ? ProcessHandle.current().pid() : holder(arguments[0]);
    DrainOutcome unused = drain(config, config.database(), holder, IDLE, PATIENCE);
  }

  /**
   * Delivers until nothing has come for {@code idle}, or all that is left waits longer than {@code
   * patience} for its receiver. A sink that can't be made holds up no other: that is said when the
   * others have what they wait for.
   *
   * @param database whose outbox
   * @param holder names this drainer
   * @throws SinkConfigurationException if a sink can't be made of its settings
   */
  public static DrainOutcome drain(
      HookBusConfig config, Path database, long holder, Duration idle, Duration patience) {
    List<SinkConfigurationException> refused = new ArrayList<>();
    List<Sink> sinks =
        Sinks.named(config.sinks(), SinkSettings.of(HookBusConfig::variable), refused::add);
    DrainOutcome outcome =
        sinks.isEmpty() ? DrainOutcome.IDLE : drain(sinks, database, holder, idle, patience);
    if (!refused.isEmpty()) {
      throw refused.get(0);
    }
    return outcome;
  }

  private static DrainOutcome drain(
      List<Sink> sinks, Path database, long holder, Duration idle, Duration patience) {
    try (Store store = Store.sqlite(SqliteSettings.of(database))) {
      Dispatcher.Builder builder = Dispatcher.builder(store.outbox()).problems(new Problems());
      sinks.forEach(builder::sink);
      try (Dispatcher dispatcher = builder.build()) {
        return dispatcher.drain(holder, idle, patience);
      }
    }
  }

  /** Starts a drainer of its own process, unless one is at work. */
  static void startUnlessRunning(HookBusConfig config, Outbox outbox, Budget budget)
      throws IOException, StoreException {
    var unused =
        DrainerProcess.startUnlessRunning(
            outbox, holder -> command(config, holder), HookBusConfig.variables(), budget);
  }

  /** What was chosen by system property is handed on; the environment goes along by itself. */
  private static List<String> command(HookBusConfig config, long holder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dhookbus.db=" + config.database().toAbsolutePath(),
        "-Dhookbus.sinks=" + String.join(",", config.sinks()),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Drainer.class.getName(),
        Long.toString(holder));
  }

  private static long holder(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notNumber) {
      return ProcessHandle.current().pid();
    }
  }
}
