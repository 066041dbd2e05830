package dev.hookbus.sink;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongFunction;

/**
 * Starts the machine's drainer as a process of its own, so that a hook can record, start it and
 * leave. The process has no terminal, no input and no output, and outlives its starter.
 *
 * <pre>{@code
 * DrainerProcess.startUnlessRunning(
 *     store.outbox(), holder -> DrainerProcess.java("dev.hookbus.cli.Main", holder), budget);
 * }</pre>
 */
public final class DrainerProcess {
  /** How long a new process has to take over the right it was started with. */
  private static final Duration START_TIME = Duration.ofSeconds(20);

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private DrainerProcess() {}

  /**
   * Starts a drainer unless one is running, or the last one has seen that the receivers are away
   * for some time yet. Mostly that is one look into the store.
   *
   * @param command the command line for a drainer with that holder's number; its process is to call
   *     {@link Dispatcher#drain} with it
   * @return the process; empty where none was needed
   * @throws IOException where the process cannot be started
   */
  public static Optional<ProcessHandle> startUnlessRunning(
      Outbox outbox, LongFunction<List<String>> command, Budget budget)
      throws IOException, StoreException {
    return startUnlessRunning(outbox, command, System.getenv(), budget);
  }

  /**
   * As {@link #startUnlessRunning(Outbox, LongFunction, Budget)}, in this environment.
   *
   * @throws IOException where the process cannot be started
   */
  public static Optional<ProcessHandle> startUnlessRunning(
      Outbox outbox,
      LongFunction<List<String>> command,
      Map<String, String> environment,
      Budget budget)
      throws IOException, StoreException {
    long holder = ThreadLocalRandom.current().nextLong();
    if (!outbox.leaseDrainer(holder, START_TIME, budget)) {
      return Optional.empty();
    }
    boolean started = false;
    try {
      Process process = builder(command.apply(holder), environment).start();
      started = true;
      return Optional.of(process.toHandle());
    } finally {
      if (!started) {
        outbox.releaseDrainer(holder, budget);
      }
    }
  }

  /** The command {@code drain --holder n} of a main class on this process's Java and class path. */
  public static List<String> java(String mainClass, long holder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        mainClass,
        "drain",
        "--holder",
        Long.toString(holder));
  }

  private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    List<String> detached = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      detached.add(SETSID.toString()); // a signal to the hook's process group is not for us
    }
    detached.addAll(command);
    File nowhere = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .redirectInput(nowhere)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
