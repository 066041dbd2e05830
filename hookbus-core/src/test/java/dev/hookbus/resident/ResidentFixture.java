package dev.hookbus.resident;

import static dev.hookbus.launch.Commands.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.HookBus;
import dev.hookbus.config.HookBusConfig;
import dev.hookbus.host.HookAnswer;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.HookTester;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.PreToolUseAnswer;
import dev.hookbus.host.ToolInput;
import dev.hookbus.launch.Commands;
import dev.hookbus.launch.Commands.Outcome;
import dev.hookbus.launch.Launcher;
import dev.hookbus.launch.Launchers;
import dev.hookbus.launch.StartLevel;
import dev.hookbus.metrics.HookStats;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real commands, which real resident processes serve, until they are killed. */
@EnabledOnOs(OS.LINUX)
abstract class ResidentFixture {

  static final long PATIENCE_SECONDS = 60;

  @TempDir static Path temp;
  static Path home;
  static Path command;
  static Path byCurl;
  static Path byCurlSoon;
  static Path impatient;
  static Path impatientByCurl;
  static Path second;
  static Path alone;
  static Path runs;
  static List<Path> libraries;
  static int calls;

  /**
   * Does what the tool's command says, and leaves a line with its process's number in the file that
   * its first argument names.
   */
  static final class Obeying {
    private Obeying() {}

    public static void main(String[] args) {
      HookMain.named("obeying")
          .failClosed()
          .deadline(deadline())
          .run(
              HookHandler.on(
                  PreToolUse.class,
                  call -> {
                    Files.writeString(
                        Path.of(args[0]),
                        ProcessHandle.current().pid() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                    return obey(((ToolInput.Bash) call.input()).command().split(" "), args);
                  }));
    }

    private static Duration deadline() {
      String millis = HookBusConfig.variable("DEADLINE_MILLIS");
      return Duration.ofMillis(millis == null ? 100_000 : Long.parseLong(millis));
    }

    private static PreToolUseAnswer obey(String[] words, String[] args) throws Exception {
      switch (words[0]) {
        case "deny" -> {
          System.out.println("printed\n\nby the handler");
          return PreToolUseAnswer.deny("no: üß");
        }
        case "begin" -> {
          System.out.print("a line without an end, ");
          return PreToolUseAnswer.deny("no");
        }
        case "show" -> {
          return PreToolUseAnswer.none()
              .additionalContext(
                  HookBusConfig.variable(words[1])
                      + " in "
                      + HookBusConfig.workingDirectory()
                      + " with "
                      + Arrays.asList(args).subList(1, args.length));
        }
        case "await" -> {
          awaitFile(Path.of(words[1]));
          return PreToolUseAnswer.ask("sure?");
        }
        case "exit" -> System.exit(0);
        case "hoard" -> throw new IllegalStateException("" + new Object[Integer.MAX_VALUE].length);
        case "ignore" -> {
          while (true) {
            LockSupport.park();
            boolean ignored = Thread.interrupted();
          }
        }
        case "leave" -> leaveThreads(Integer.parseInt(words[1]));
        case "miss" -> Missing.call();
        case "initialise" -> Fragile.call();
        case "throw" -> throw new IllegalStateException("broken");
        default -> {}
      }
      return PreToolUseAnswer.none();
    }

    private static void leaveThreads(int count) {
      for (int i = 0; i < count; i++) {
        Thread left = new Thread(LockSupport::park);
        left.setDaemon(true);
        left.start();
      }
    }

    private static void awaitFile(Path file) throws IOException, InterruptedException {
      Path directory = file.getParent();
      try (WatchService watch = directory.getFileSystem().newWatchService()) {
        directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        while (!Files.exists(file)) {
          watch.take().reset();
        }
      }
    }
  }

  /** In no jar. */
  static final class Missing {
    private Missing() {}

    static void call() {}
  }

  /** Can't be initialised where it is told so. */
  static final class Fragile {
    private static final String BROKEN = HookBusConfig.variable("BROKEN");

    static {
      if (BROKEN != null) {
        throw new IllegalStateException(BROKEN);
      }
    }

    private Fragile() {}

    static void call() {}
  }

  /** Tells the sinks something, by a bus of its own. */
  static final class Telling {
    private Telling() {}

    public static void main(String[] args) {
      HookBus bus = HookBus.fromEnvironment();
      HookMain.named("telling")
          .bus(bus)
          .run(
              event -> {
                bus.emit(bus.events(event.sessionId()).decision("told", args[0]));
                return HookAnswer.none();
              });
    }
  }

  /** The same, for a jar of its own. */
  static final class Second {
    private Second() {}

    public static void main(String[] args) {
      Obeying.main(args);
    }
  }

  @BeforeAll
  static void install() throws IOException {
    home = Files.createDirectory(temp.resolve("home"));
    runs = temp.resolve("runs");
    libraries = new ArrayList<>(Commands.libraries(temp));
    // Java 17 may crash where many threads at once miss the class around a class.
    libraries.add(
        Commands.jar(
            temp.resolve("obeying.jar"),
            ResidentFixture.class,
            Obeying.class,
            Fragile.class,
            Telling.class));
    Launchers launchers = Launchers.in(temp.resolve("it's here"));
    Launcher launcher =
        Launcher.of("obeying", Obeying.class.getName(), libraries)
            .withArguments(List.of(runs.toString()))
            .withEnvironmentFile(temp.resolve(".env"));
    alone = launchers.write(launcher);
    Launchers resident = Launchers.in(temp.resolve("it's resident"));
    impatient = resident.write(launcher.withResident());
    Launchers byScript = Launchers.in(temp.resolve("by script"));
    impatientByCurl = byScript.write(launcher.withResident());
    removeClient(temp.resolve("by script/prepared"));
    // However busy the machine is: what has to be served is.
    launcher = launcher.withResident(Duration.ofSeconds(PATIENCE_SECONDS));
    Launchers others = Launchers.in(temp.resolve("others"));
    byCurl = others.write(launcher);
    removeClient(temp.resolve("others/prepared"));
    // Its watch looks at the time when the process has had its chance to take the call.
    byCurlSoon =
        Launchers.in(temp.resolve("by curl soon"))
            .write(launcher.withResident(Duration.ofSeconds(5)));
    removeClient(temp.resolve("by curl soon/prepared"));
    Launchers patient = Launchers.in(temp.resolve("patient"));
    command = patient.write(launcher);
    assertThat(resident.level("obeying")).isEqualTo(StartLevel.RESIDENT);
    assertThat(launchers.level("obeying")).isEqualTo(StartLevel.PLAIN);
    List<Path> more = new ArrayList<>(libraries);
    more.add(0, Commands.jar(temp.resolve("second.jar"), ResidentFixture.class, Second.class));
    second =
        resident.write(
            Launcher.of("second", Second.class.getName(), more)
                .withArguments(List.of(runs.toString()))
                .withResident(Duration.ofSeconds(PATIENCE_SECONDS)));
    Files.writeString(temp.resolve(".env"), "FROM_FILE='from the file'\nHOOKBUS_ENABLED=1\n");
  }

  /** Without a compiler there is none. */
  static void removeClient(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("client-")) {
          Files.delete(file);
        }
      }
    }
  }

  @AfterEach
  void forget() throws IOException {
    forgetRuns();
  }

  static void forgetRuns() throws IOException {
    Files.deleteIfExists(runs);
  }

  @AfterAll
  static void stopAll() throws Exception {
    for (Resident resident : Resident.all(directory())) {
      resident.stopNow();
    }
  }

  static Path directory() {
    return home.resolve(".hookbus/run");
  }

  static void kill(long pid, String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  static Map<String, String> environment(String... variables) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "HOME", home.toString(),
                "PATH", System.getenv("PATH"),
                "HOOKBUS_DB", home.resolve("hooks.db").toString()));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return environment;
  }

  static byte[] event(String doing) {
    return HookTester.preToolUse("Bash", "{\"command\":\"" + doing + "\"}")
        .replace("toolu_test", "toolu_" + calls++)
        .getBytes(UTF_8);
  }

  static Outcome run(Path what, String doing, String... variables) throws Exception {
    return Commands.run(List.of(what.toString()), temp, environment(variables), event(doing));
  }

  static CompletableFuture<Outcome> start(Path what, String doing, String... variables) {
    byte[] event = event(doing);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Commands.run(List.of(what.toString()), temp, environment(variables), event);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** What the command line says to this user. */
  static Outcome hookbus(String... arguments) throws Exception {
    return Commands.hookbus(environment(), arguments);
  }

  /** Those that take calls. */
  static List<Resident> running() throws IOException {
    return Resident.all(directory()).stream()
        .filter(resident -> resident.state() == Resident.State.RUNNING)
        .toList();
  }

  /** The process that serves; the first call that finds none starts it. */
  static Resident resident() throws Exception {
    if (running().isEmpty()) {
      assertThat(run(command, "nothing").exit()).isZero();
    }
    Resident resident =
        await(
            () -> {
              List<Resident> running = running();
              return running.isEmpty() ? null : running.get(0);
            });
    Files.deleteIfExists(runs);
    return resident;
  }

  static List<Long> pidsOfRuns() throws IOException {
    List<Long> pids = new ArrayList<>();
    if (Files.exists(runs)) {
      for (String line : Files.readAllLines(runs)) {
        pids.add(Long.valueOf(line));
      }
    }
    return pids;
  }

  static HookStats stats() {
    try (HookBus bus = HookBus.builder().database(home.resolve("hooks.db")).build()) {
      return bus.stats(Duration.ofHours(1)).get(0);
    }
  }

  /** Files that only a call on its way has. */
  static List<Path> leftOfCalls() throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".socket") && !name.endsWith(".lock") && !name.endsWith(".ending")) {
          left.add(file);
        }
      }
    }
    return left;
  }
}
