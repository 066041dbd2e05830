package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookbus.logging.RecordedLogs;
import dev.hookbus.payload.Redactor;
import dev.hookbus.safety.Problem;
import dev.hookbus.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the world, the host's own work goes on. */
class HostSafetyTest {

  private static final GuardKey KEY = GuardKey.of("k", 1);

  /** Has a child write its log lines to stderr at its end. */
  private static final String WITH_LOGS = "-Dslf4j.provider=" + RecordedLogs.class.getName();

  @TempDir Path directory;

  /** A hook process that uses everything and closes nothing. */
  static final class Careless {
    public static void main(String[] arguments) {
      HookBus bus = HookBus.fromEnvironment();
      Guard guard = bus.guard("careless").timeout(Duration.ofMinutes(1)).build();
      for (int i = 0; i < 300; i++) {
        guard.call(GuardKey.of("careless", i), () -> "ran");
      }
      System.err.println("ran");
      RecordedLogs.lines().forEach(System.err::println);
    }
  }

  private ChildJvm careless(Map<String, String> environment, String... options) throws IOException {
    return ChildJvm.start(environment, List.of(options), Careless.class);
  }

  @Test
  void withEverythingOn_stdoutStaysEmptyAndNoThreadKeepsTheProcess() throws Exception {
    for (Durability durability : Durability.values()) {
      ChildJvm child =
          careless(
              Map.of(
                  "HOOKBUS_ENABLED", "1",
                  "HOOKBUS_DB", directory.resolve(durability + ".db").toString(),
                  "HOOKBUS_DURABILITY", durability.name(),
                  "HOOKBUS_STORE_RAW", "1",
                  "HOOKBUS_COMPRESS", "1"));

      assertThat(child.finish()).isEmpty();
      assertThat(child.stderr()).contains("ran");
    }
  }

  @Test
  void switchedOff_leavesNoFileAndLoadsNoDriver() throws Exception {
    ChildJvm child =
        careless(
            Map.of("HOME", directory.toString()),
            "-Xlog:class+load:file=" + directory + "/classes");

    assertThat(child.finish()).isEmpty();

    assertThat(directory.resolve(".hookbus")).doesNotExist();
    assertThat(Files.readString(directory.resolve("classes")))
        .contains("dev.hookbus.HookBus")
        .doesNotContain("org.sqlite", "dev.hookbus.store.JdbcStore", "com.fasterxml.jackson");
  }

  @Test
  void switchedOn_writesUnderTheEnvironmentsHome() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));

    careless(Map.of("HOME", home.toString(), "HOOKBUS_ENABLED", "yes")).finish();

    Path database = home.resolve(".hookbus/hookbus.db");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void userWithoutAHome_keepsRecordsInATemporaryDirectoryOfTheirOwn() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));

    homeless(temporary).finish();

    Path home = onlyDirectory(temporary);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");
    assertThat(home.resolve("hookbus.db")).isNotEmptyFile();
  }

  @Test
  void temporaryDirectoryThatOthersMadeFirst_isNotUsedAndSaidSo_andTheBodyRuns() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    homeless(temporary).finish();
    Path home = onlyDirectory(temporary);
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createFile(home.resolve("OFF"));
    Files.createFile(home.resolve("hookbus.db"));

    ChildJvm child = homeless(temporary);

    assertThat(child.finish()).isEmpty();
    assertThat(child.stderr()).contains("ran", home + " is open to other users", "HOOKBUS_DB");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactlyInAnyOrder(home.resolve("OFF"), home.resolve("hookbus.db"));
    }
    assertThat(home.resolve("hookbus.db")).isEmptyFile();
  }

  /** As for a user that only a container's command line knows. */
  private ChildJvm homeless(Path temporary) throws IOException {
    return careless(
        Map.of("HOOKBUS_ENABLED", "1", "HOME", "", "USERPROFILE", ""),
        "-Duser.home=?",
        "-Djava.io.tmpdir=" + temporary,
        WITH_LOGS);
  }

  private static Path onlyDirectory(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).reduce((a, b) -> parent).orElseThrow();
    }
  }

  @Test
  void nativeLibrary_isUnpackedOnceBesideTheDatabaseAndNotLeftInTheTemporaryDirectory()
      throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Map<String, String> environment =
        Map.of("HOOKBUS_ENABLED", "1", "HOOKBUS_DB", directory.resolve("hooks.db").toString());

    // A user that only a container's command line knows has no name.
    careless(environment, "-Djava.io.tmpdir=" + temporary, "-Duser.name=?").finish();
    careless(environment, "-Djava.io.tmpdir=" + temporary, "-Duser.name=?").finish();

    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> files = Files.walk(directory.resolve("native"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void nativeLibrary_isNotTakenFromADirectoryOthersCanWriteTo() throws Exception {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

    careless(Map.of("HOOKBUS_ENABLED", "1", "HOOKBUS_DB", shared.resolve("hooks.db").toString()))
        .finish();

    assertThat(shared.resolve("hooks.db")).exists();
    assertThat(shared.resolve("native")).doesNotExist();
  }

  @Test
  void flagsWithBadValues_areEachNamedOnceWithoutTheirValuesAndTheBodyRuns() throws Exception {
    ChildJvm child =
        ChildJvm.start(
            Map.of(
                "HOOKBUS_ENABLED", "perhaps",
                "HOOKBUS_MAX_BYTES", "s3cret",
                "HOOKBUS_DEDUPE_TTL", "0",
                "HOME", directory.toString()),
            List.of(WITH_LOGS),
            Careless.class);

    assertThat(child.finish()).isEmpty();
    assertThat(child.stderr())
        .contains("ran")
        .containsOnlyOnce("HOOKBUS_ENABLED")
        .containsOnlyOnce("HOOKBUS_MAX_BYTES")
        .containsOnlyOnce("HOOKBUS_DEDUPE_TTL")
        .doesNotContain("s3cret", "perhaps");
    assertThat(directory.resolve(".hookbus")).doesNotExist();
  }

  @Test
  void fileThatIsNoDatabase_isMovedAsideAndANewOneBegun() throws Exception {
    Path database = directory.resolve("hooks.db");
    String precious = "these are somebody's notes ".repeat(100);
    Files.writeString(database, precious);

    try (HookBus bus = HookBus.builder().database(database).build()) {
      assertThat(bus.guard("h").build().call(KEY, () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", false));
    }

    try (Stream<Path> files = Files.list(directory)) {
      Path aside =
          files
              .filter(file -> file.getFileName().toString().contains(".corrupt-"))
              .findFirst()
              .orElseThrow();
      assertThat(aside).hasContent(precious);
    }
  }

  @Test
  void unwritablePlace_degradesAndSaysWhatToChange() {
    try (HookBus bus = HookBus.builder().database(Path.of("/proc/hookbus/hooks.db")).build()) {
      Guard guard = bus.guard("h").build();

      assertThat(guard.call(KEY, () -> "ran")).isEqualTo(new GuardResult.Executed<>("ran", true));
      assertThat(bus.guard("closed").failClosed().build().call(KEY, () -> "ran"))
          .isEqualTo(new GuardResult.Skipped<>(SkipReason.STORE_UNAVAILABLE));
      assertThat(bus.stats(Duration.ofHours(1))).isEmpty();
      assertThat(bus.telemetry().problems())
          .containsKeys(Problem.STORE_UNAVAILABLE, Problem.RECORD_LOST);
    }
  }

  @Test
  void fullDisk_degradesAndRecovers() throws Exception {
    Path mount = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", mount.toString()),
        "needs the right to mount a small file system");
    try (HookBus bus =
        HookBus.builder().database(mount.resolve("hooks.db")).storeRaw(true).build()) {
      Guard guard = bus.guard("h").build();
      Guard large = guard.with(Invocation.unknown().withPayload("lorem ipsum ".repeat(8_000)));
      for (int i = 0; i < 10; i++) {
        assertThat(large.call(GuardKey.of("large", i), () -> "ran").executed()).isTrue();
      }
      assertThat(bus.telemetry().problems()).containsKey(Problem.RECORD_LOST);

      assertThat(run("mount", "-o", "remount,size=30m", mount.toString())).isTrue();

      assertThat(guard.call(GuardKey.of("after"), () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", false));
    } finally {
      run("umount", mount.toString());
    }
  }

  @Test
  void switchFile_stopsARunningBusAndRemovingItStartsIt() throws Exception {
    Path database = directory.resolve("hooks.db");
    Files.createFile(directory.resolve("OFF"));
    try (HookBus bus = HookBus.builder().database(database).build()) {
      bus.guard("h").build().run(KEY, () -> {});
    }
    assertThat(database).doesNotExist();

    Files.delete(directory.resolve("OFF"));
    try (HookBus bus = HookBus.builder().database(database).build()) {
      bus.guard("h").build().run(KEY, () -> {});
    }
    assertThat(database).exists();
  }

  @Test
  void systemProperty_stopsARunningBusAtOnce() {
    try (HookBus bus = HookBus.builder().database(directory.resolve("hooks.db")).build()) {
      Guard guard = bus.guard("h").build();
      System.setProperty("hookbus.enabled", "false");
      try {
        guard.run(KEY, () -> {});
        assertThat(bus.isEnabled()).isFalse();
      } finally {
        System.clearProperty("hookbus.enabled");
      }

      assertThat(guard.call(KEY, () -> "ran").executed()).isTrue();
      assertThat(bus.stats(Duration.ofHours(1)).get(0).totalCalls()).isEqualTo(1);
    }
  }

  /** Throws at every call. */
  private static final class BrokenClock extends Clock {
    @Override
    public ZoneId getZone() {
      throw new IllegalStateException("broken clock");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new IllegalStateException("broken clock");
    }

    @Override
    public Instant instant() {
      throw new IllegalStateException("broken clock");
    }
  }

  @Test
  void everythingTheApplicationPassesInThrows_bodiesRunAllTheSame() throws IOException {
    Redactor broken =
        Redactor.builder()
            .pattern("hostile", "secret-", "secret-(a+)+$")
            .patternDeadline(Duration.ofNanos(1))
            .build();
    HookBusBuilder builder = HookBus.builder().database(directory.resolve("hooks.db"));
    try (HookBus noClock = builder.clock(new BrokenClock()).build();
        HookBus noSwitch =
            builder
                .enabledWhen(
                    () -> {
                      throw new IllegalStateException("broken switch");
                    })
                .build();
        HookBus noRedactor =
            HookBus.builder().database(directory.resolve("redactor.db")).redactor(broken).build()) {
      for (HookBus bus : List.of(noClock, noSwitch, noRedactor)) {
        Guard guard =
            bus.guard("h")
                .build()
                .with(Invocation.unknown().withPayload("secret-" + "a".repeat(50) + "b"));
        assertThat(guard.call(KEY, () -> "ran").orElse("")).isEqualTo("ran");
        assertThat(guard.callSafely(GuardKey.of("k", 2), () -> "ran").orElse("")).isEqualTo("ran");
        try (GuardScope scope = guard.open(GuardKey.of("k", 3))) {
          assertThat(scope.shouldRun()).isTrue();
          scope.complete("ran");
        }
        assertThatThrownBy(
                () ->
                    guard.run(
                        GuardKey.of("k", 4),
                        () -> {
                          throw new IOException("the body's own");
                        }))
            .isExactlyInstanceOf(IOException.class);
      }
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
