package dev.hookbus.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.launch.Commands.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedLaunchTest {

  @TempDir static Path temp;
  private static Path command;
  private static Launchers launchers;
  private static Path archive;
  private static byte[] content;
  private static final AtomicInteger CALLS = new AtomicInteger();

  /** A hook: its answer says whether its work was done before. */
  static final class Hook {
    private Hook() {}

    public static void main(String[] args) throws IOException {
      String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      HookBus bus = HookBus.fromEnvironment();
      Guard guard = bus.guard("hook").build().with(Invocation.ofSession("s").withPayload(input));
      String answer =
          guard.call(GuardKey.of("work", input), () -> "worked").executed() ? "ran" : "replayed";
      System.out.print("{\"answer\":\"" + answer + "\"}");
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  private static Launcher launcher;

  @BeforeAll
  static void install() throws IOException {
    List<Path> libraries = new ArrayList<>(Commands.libraries(temp));
    libraries.add(Commands.jar(temp.resolve("hook.jar"), Hook.class));
    launchers = Launchers.in(temp.resolve("hooks"));
    launcher = Launcher.of("hook", Hook.class.getName(), libraries).withTraining("an event");
    command = launchers.write(launcher);
    try (Stream<Path> files = Files.list(temp.resolve("hooks/prepared"))) {
      archive = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    content = Files.readAllBytes(archive);
  }

  @AfterEach
  void mendTheArchive() throws IOException {
    Files.deleteIfExists(archive);
    Files.write(archive, content);
    Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));
  }

  private static Outcome run(String input, String... variables) throws Exception {
    Map<String, String> environment =
        new java.util.HashMap<>(
            Map.of("HOOKBUS_ENABLED", "1", "HOOKBUS_DB", temp.resolve("data/h.db").toString()));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Commands.run(
        List.of(command.toString()), temp, environment, input.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertAnswers() throws Exception {
    Outcome outcome = run("event " + CALLS.incrementAndGet());

    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.out()).isEqualTo("{\"answer\":\"ran\"}");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void command_findsClassesAndLibraryPrepared() throws Exception {
    assertThat(launchers.level("hook")).isEqualTo(StartLevel.PREPARED);
    Path log = temp.resolve("classes.log");

    Outcome outcome = run("prepared", "_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);

    assertThat(outcome.out()).isEqualTo("{\"answer\":\"ran\"}");
    assertThat(run("prepared").out()).isEqualTo("{\"answer\":\"replayed\"}");
    assertThat(Files.readString(log))
        .containsPattern("dev\\.hookbus\\.HookBus source: shared objects file")
        .doesNotContain("dev.hookbus.store.SqliteJdbc ");
    assertThat(temp.resolve("data/native")).doesNotExist();
  }

  @Test
  void writingAgain_trainsOnlyWhereSomethingIsNew() throws Exception {
    FileTime written = Files.getLastModifiedTime(command);
    launchers.write(launcher);
    assertThat(archive).exists();
    assertThat(Files.getLastModifiedTime(command)).isEqualTo(written);

    Launchers others = Launchers.in(temp.resolve("others"));
    others.write(launcher);
    List<Path> first = prepared("others");
    others.write(launcher.withArguments(List.of("new")));
    assertThat(others.level("hook")).isEqualTo(StartLevel.PREPARED);
    assertThat(prepared("others")).hasSameSizeAs(first).isNotEqualTo(first);
    others.remove("hook");
    assertThat(prepared("others")).hasSize(first.size() - 1);
  }

  private static List<Path> prepared(String directory) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(directory).resolve("prepared"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void training_leavesNothingBehindButWhatItMade() throws Exception {
    try (Stream<Path> files = Files.list(temp.resolve("hooks/prepared"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.startsWith("hook-") || name.startsWith("sqlite-"));
    }
  }

  @Test
  void missingArchive_isNoFailure() throws Exception {
    Files.delete(archive);

    assertAnswers();
  }

  @Test
  void emptyCutOrOverwrittenArchive_isPassedOver() throws Exception {
    Files.delete(archive);
    Files.write(archive, new byte[0]);
    assertAnswers();

    Files.write(archive, Arrays.copyOf(content, content.length / 2));
    assertAnswers();

    byte[] overwritten = content.clone();
    Arrays.fill(overwritten, 4_096, 5_000, (byte) 'x');
    Files.write(archive, overwritten);
    assertAnswers();
  }

  @Test
  void archiveOfAnotherMachine_isPassedOver() throws Exception {
    byte[] other = content.clone();
    Arrays.fill(other, 0, 64, (byte) 'x');
    Files.delete(archive);
    Files.write(archive, other);
    Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));

    assertAnswers();
  }

  @Test
  void programThatCannotBeTrained_startsPlainly() throws Exception {
    Path jar = Commands.jar(temp.resolve("plain.jar"), LaunchersTest.Echo.class);
    Path plain =
        launchers.write(
            Launcher.of("plain", LaunchersTest.Echo.class.getName(), List.of())
                .withApplication(List.of(jar))
                .withTraining("x"));

    assertThat(launchers.level("plain")).isEqualTo(StartLevel.PLAIN);
    assertThat(
            Commands.run(
                    List.of(plain.toString()),
                    temp,
                    Map.of(),
                    "in".getBytes(StandardCharsets.UTF_8))
                .out())
        .endsWith("in");
  }
}
