package dev.hookbus.resident;

import static dev.hookbus.launch.Commands.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.launch.Commands;
import dev.hookbus.launch.Commands.Outcome;
import dev.hookbus.launch.Launcher;
import dev.hookbus.launch.Launchers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a resident process does for its commands, and what becomes of a call without it. */
class ResidentTest extends ResidentFixture {

  @Test
  void answers_areThoseOfAProcessOfItsOwn() throws Exception {
    long pid = resident().pid();
    for (String doing : List.of("deny", "nothing", "throw", "begin", "show HOME")) {
      forgetRuns();
      Outcome expected = run(alone, doing);
      assertThat(run(command, doing)).as(doing).isEqualTo(expected);
      assertThat(run(byCurl, doing)).as(doing).isEqualTo(expected);
      assertThat(pidsOfRuns().subList(1, 3)).as(doing).containsExactly(pid, pid);
    }
    Outcome denied = run(command, "deny");
    assertThat(denied.exit()).isEqualTo(2);
    assertThat(denied.out()).contains("\"permissionDecision\":\"deny\"").contains("üß");
    assertThat(denied.stderr()).startsWith("printed\n\nby the handler\n").endsWith("no: üß\n");
    for (byte[] garbage : List.of(new byte[0], "{".getBytes(UTF_8), new byte[3 << 20])) {
      Outcome expected = Commands.run(List.of(alone.toString()), temp, environment(), garbage);
      assertThat(expected.exit()).isEqualTo(2);
      for (Path what : List.of(command, byCurl)) {
        assertThat(Commands.run(List.of(what.toString()), temp, environment(), garbage))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void commandsOfDifferentJars_shareAProcess_eachWithItsOwnSurroundings() throws Exception {
    long pid = resident().pid();
    Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
    Outcome first =
        Commands.run(
            List.of(command.toString(), "a b", "*"),
            elsewhere,
            environment("MINE", "1"),
            event("show MINE"));
    Outcome other =
        Commands.run(
            List.of("/bin/sh", second.toString()),
            temp,
            environment("MINE", "2"),
            event("show MINE"));
    Outcome file =
        Commands.run(
            List.of(command.toString()), temp, environment("MINE", "3"), event("show FROM_FILE"));

    assertThat(first.out()).contains("1 in " + elsewhere.toRealPath() + " with [a b, *]");
    assertThat(other.out()).contains("2 in " + temp.toRealPath() + " with []");
    assertThat(file.out()).contains("from the file in ");
    assertThat(run(command, "show FROM_FILE", "FROM_FILE", "mine").out()).contains("mine in ");
    assertThat(pidsOfRuns()).containsExactly(pid, pid, pid, pid);
    assertThat(leftOfCalls()).isEmpty();
  }

  @Test
  void manyCallsAtOnce_areEachAnswered() throws Exception {
    long pid = resident().pid();
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      outcomes.add(start(i % 2 == 0 ? command : byCurl, "deny"));
    }
    for (CompletableFuture<Outcome> outcome : outcomes) {
      assertThat(outcome.get().exit()).isEqualTo(2);
    }
    assertThat(pidsOfRuns()).hasSize(20).containsOnly(pid);
    await(() -> threadsOfCalls(pid).isEmpty() ? true : null);
  }

  /** Those that a process has for calls alone, by as much of their names as the kernel keeps. */
  private static List<String> threadsOfCalls(long pid) throws IOException {
    List<String> threads = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        try {
          threads.add(Files.readString(task.resolve("comm")).strip());
        } catch (IOException over) {
          // Threads come and go.
        }
      }
    }
    threads.removeIf(name -> !name.matches("hookbus-(call|connect|deadlin).*"));
    return threads;
  }

  @Test
  void events_reachTheSinks() throws Exception {
    String pid = Long.toString(resident().pid());
    Launcher telling =
        Launcher.of("telling", Telling.class.getName(), libraries)
            .withArguments(List.of("by a bus of its own"))
            .withResident(Duration.ofSeconds(PATIENCE_SECONDS));
    Path own = Launchers.in(temp.resolve("telling")).write(telling);
    for (Path what : List.of(command, own)) {
      Path log = temp.resolve("events of " + what.getFileName());
      Map<String, String> environment =
          environment(
              "HOOKBUS_ENABLED", "1", "HOOKBUS_SINKS", "jsonl", "ZO_EVENT_LOG_DIR", "" + log);
      environment.put("HOOKBUS_DB", temp.resolve(what.getFileName() + ".db").toString());

      Outcome outcome =
          Commands.run(List.of(what.toString()), temp, environment, event("show " + pid));

      assertThat(outcome.exit()).isZero();
      await(() -> textOf(log).contains(what.equals(own) ? "told" : "obeying") ? true : null);
    }
  }

  @Test
  void variablesThatNoBusLooksAt_openNoOther() throws Exception {
    long pid = resident().pid();
    Path database = home.resolve("one.db");
    Path log = temp.resolve("events of projects");
    String trace = "00-0af7651916cd43dd8448eb211c80319c-%016x-01";
    for (int i = 1; i <= 5; i++) {
      for (String project : List.of("first", "other")) {
        Map<String, String> environment =
            environment(
                "HOOKBUS_DB", database.toString(),
                "HOOKBUS_SINKS", "jsonl",
                "ZO_EVENT_LOG_DIR", log.toString(),
                "CLAUDE_PROJECT_DIR", project,
                "CLAUDE_PID", Integer.toString(i),
                "TRACEPARENT", trace.formatted(i));
        Path directory = Files.createDirectories(temp.resolve("in"));
        assertThat(
                Commands.run(List.of(command.toString()), directory, environment, event("nothing"))
                    .exit())
            .isZero();
      }
    }

    assertThat(openFiles(pid))
        .filteredOn(database::equals)
        .as("a bus for each project, and not for each call")
        .hasSizeBetween(2, 4);
    await(
        () -> {
          String events = textOf(log);
          boolean both = events.contains("\"first\"") && events.contains("\"other\"");
          return both ? true : null;
        });
    assertThat(textOf(log)).contains("0af76519-16cd-43dd-8448-eb211c80319c");
  }

  @Test
  void busesThatNobodyUses_areClosedWhenTheyAreMany() throws Exception {
    long pid = resident().pid();
    for (int i = 0; i < 20; i++) {
      Path database = home.resolve("many-" + i + ".db");
      assertThat(run(command, "nothing", "HOOKBUS_DB", database.toString()).exit()).isZero();
    }
    assertThat(pidsOfRuns()).hasSize(20).containsOnly(pid);
    assertThat(openFiles(pid)).anyMatch(file -> file.endsWith("many-19.db"));
    await(() -> openFiles(pid).contains(home.resolve("many-0.db")) ? null : true);
    assertThat(resident().pid()).isEqualTo(pid);
  }

  private static List<Path> openFiles(long pid) throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file)) {
          open.add(Files.readSymbolicLink(file));
        }
      }
    }
    return open;
  }

  private static String textOf(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  @Test
  void processKilledInMidCall_callIsRunAndRecordedOnce() throws Exception {
    for (Path what : List.of(command, byCurl)) {
      Resident killed = resident();
      long before = stats().totalCalls();
      Path go = temp.resolve("go-" + killed.pid());
      CompletableFuture<Outcome> outcome = start(what, "await " + go);
      await(() -> pidsOfRuns().isEmpty() ? null : true);
      assertThat(pidsOfRuns()).containsExactly(killed.pid());

      kill(killed.pid(), "KILL");
      await(() -> pidsOfRuns().size() < 2 ? null : true);
      Files.createFile(go);

      assertThat(outcome.get().out()).contains("\"permissionDecision\":\"ask\"");
      assertThat(pidsOfRuns()).hasSize(2);
      assertThat(stats().totalCalls()).isEqualTo(before + 1);
      assertThat(stats().dedupeHits()).isZero();
      assertThat(killed.socket()).as("left behind").exists();
      assertThat(resident().pid()).as("of the next process").isNotEqualTo(killed.pid());
    }
  }

  @Test
  void stoppedProcess_isNotWaitedForAndRunsNothingLater() throws Exception {
    long pid = resident().pid();
    for (Path what : List.of(impatient, impatientByCurl)) {
      kill(pid, "STOP");
      Outcome outcome = run(what, "deny");
      kill(pid, "CONT");

      assertThat(outcome.exit()).isEqualTo(2);
      assertThat(outcome.out()).contains("\"permissionDecision\":\"deny\"");
      // By the time it answers this one it has seen the other.
      assertThat(run(command, "nothing").exit()).isZero();
      assertThat(pidsOfRuns()).hasSize(2).doesNotHaveDuplicates().endsWith(pid);
      forgetRuns();
    }
  }

  @Test
  void handlerThatExits_isAnsweredByPolicyAndTheNextCallRuns() throws Exception {
    long pid = resident().pid();
    assertThat(run(command, "exit"))
        .isEqualTo(run(alone, "exit"))
        .extracting(Outcome::exit)
        .isEqualTo(2);
    assertThat(pidsOfRuns()).as("here, and alone").hasSize(2).startsWith(pid);
    await(() -> ProcessHandle.of(pid).isEmpty() ? true : null);
    assertThat(run(command, "deny").exit()).isEqualTo(2);
  }

  @Test
  void callThatIsToldToEnd_isAnsweredByPolicy() throws Exception {
    long pid = resident().pid();
    for (Path what : List.of(command, byCurl)) {
      forgetRuns();
      ProcessBuilder builder = new ProcessBuilder(what.toString()).directory(temp.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment());
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(event("await " + temp.resolve("never")));
      }
      await(() -> pidsOfRuns().isEmpty() ? null : true);
      process.toHandle().destroy();

      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
          .contains("\"permissionDecision\":\"deny\"");
      assertThat(process.waitFor()).isEqualTo(2);
      assertThat(pidsOfRuns()).containsExactly(pid);
    }
  }

  @Test
  void processThatIsStopped_goesWhenItsCallsAreOver() throws Exception {
    for (Path what : List.of(command, byCurl)) {
      Resident stopped = resident();
      Path go = temp.resolve("go-on-" + stopped.pid());
      CompletableFuture<Outcome> outcome = start(what, "await " + go);
      await(() -> pidsOfRuns().isEmpty() ? null : true);
      stopped.stop();
      assertThat(stopped.socket()).doesNotExist();
      assertThat(run(what, "nothing").exit()).as("meanwhile").isZero();
      Files.createFile(go);

      assertThat(outcome.get().out()).contains("\"permissionDecision\":\"ask\"");
      assertThat(pidsOfRuns()).hasSize(2).startsWith(stopped.pid()).doesNotHaveDuplicates();
      await(() -> ProcessHandle.of(stopped.pid()).isEmpty() ? true : null);
    }
    await(() -> leftOfCalls().isEmpty() ? true : null);
  }

  @Test
  void callThatTakesLong_isWaitedFor() throws Exception {
    long pid = resident().pid();
    for (Path what : List.of(command, byCurl)) {
      forgetRuns();
      Path go = temp.resolve("go-" + what.getParent().getParent().getFileName());
      CompletableFuture<Outcome> outcome = start(what, "await " + go);
      await(() -> pidsOfRuns().isEmpty() ? null : true);
      // Longer than one curl waits.
      assertThat(outcome.copy().completeOnTimeout(null, 1, TimeUnit.SECONDS).get()).isNull();
      Files.createFile(go);

      assertThat(outcome.get().out()).contains("\"permissionDecision\":\"ask\"");
      assertThat(pidsOfRuns()).containsExactly(pid);
    }
    await(() -> leftOfCalls().isEmpty() ? true : null);
  }

  @Test
  void otherVersionOfTheLibrary_hasAProcessOfItsOwn() throws Exception {
    Resident first = resident();
    Path other = Files.createDirectory(temp.resolve("other version"));
    List<Path> libraries = new ArrayList<>(Commands.libraries(other));
    libraries.set(1, Commands.jar(other.resolve("sqlite.jar"), Obeying.class));
    libraries.add(Commands.jar(other.resolve("slf4j.jar"), org.slf4j.Logger.class));
    libraries.add(temp.resolve("obeying.jar"));
    Path otherCommand =
        Launchers.in(other)
            .write(
                Launcher.of("other", Obeying.class.getName(), libraries)
                    .withArguments(List.of(runs.toString()))
                    .withResident());

    assertThat(run(otherCommand, "deny").exit()).isEqualTo(2);

    await(() -> running().size() < 2 ? null : true);
    assertThat(pidsOfRuns()).doesNotContain(first.pid());
    for (Resident resident : running()) {
      if (!resident.socket().equals(first.socket())) {
        resident.stop();
      }
    }
  }

  @Test
  void callInTheNameOfAnotherProcess_isNotTaken() throws Exception {
    Resident resident = resident();
    Path call = Files.write(directory().resolve(UUID.randomUUID().toString()), event("nothing"));
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      String answer =
          Resident.ask(
              resident.socket(),
              "run/%s/%d/0 HTTP/1.1\r\nHook: %s\r\nAs:"
                  .formatted(call.getFileName(), other.pid(), description()),
              Duration.ofSeconds(PATIENCE_SECONDS));
      assertThat(answer).isEmpty();
      assertThat(call).exists();
      assertThat(pidsOfRuns()).isEmpty();
    } finally {
      other.destroyForcibly();
      Files.delete(call);
    }
  }

  /** What a command runs. */
  private static Path description() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("patient/prepared"))) {
      return files.filter(file -> file.toString().endsWith(".json")).findAny().orElseThrow();
    }
  }

  @Test
  void idleProcess_ends() throws Exception {
    Path directory = privateDirectory("idle");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ResidentProcess.class.getName(),
                directory.toString(),
                "version",
                "1")
            .redirectErrorStream(true)
            .start();

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isZero();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("version.lock"));
    }
  }

  private static Path privateDirectory(String name) throws IOException {
    return Files.createDirectory(
        temp.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void directoryThatOthersCanEnter_isRefused() throws Exception {
    Path directory = privateDirectory("shared");
    assertThat(RunDirectory.at(directory).path()).isEqualTo(directory);
    assertThatThrownBy(
            () -> RunDirectory.at(Files.createSymbolicLink(temp.resolve("link"), directory)))
        .hasMessageContaining("is no directory");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
    assertThatThrownBy(() -> RunDirectory.at(directory)).hasMessageContaining("0700");
    assertThatThrownBy(() -> Resident.all(directory)).hasMessageContaining("0700");
    assertThatThrownBy(() -> RunDirectory.at(temp.resolve("nowhere")))
        .isInstanceOf(IOException.class);
  }
}
