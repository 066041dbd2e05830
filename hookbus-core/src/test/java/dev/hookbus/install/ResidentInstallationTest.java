package dev.hookbus.install;

import static dev.hookbus.launch.Commands.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.host.HookTester;
import dev.hookbus.launch.Commands;
import dev.hookbus.launch.Commands.Outcome;
import dev.hookbus.resident.CrashReport;
import dev.hookbus.resident.Resident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What people do with {@code hookbus install --resident}, from the first command to the last. */
@EnabledOnOs(OS.LINUX)
class ResidentInstallationTest {

  @TempDir Path scratch;

  private Path hooks() {
    return scratch.resolve("my hooks");
  }

  private Path runDirectory() {
    return scratch.resolve(".hookbus/run");
  }

  private Outcome hookbus(String... arguments) throws Exception {
    return Commands.hookbus(environment(), arguments);
  }

  private Map<String, String> environment() {
    return Map.of("HOME", scratch.toString(), "PATH", System.getenv("PATH"));
  }

  /** The process that has run a call; those that it has not taken in time ran by themselves. */
  private Resident serving() throws Exception {
    return await(
        () -> {
          Outcome denied =
              Commands.run(
                  List.of(hooks().resolve("bin/no-curl").toString()),
                  scratch,
                  environment(),
                  HookTester.preToolUse("Bash", "{\"command\":\"curl x\"}").getBytes(UTF_8));
          assertThat(denied.exit()).isEqualTo(2);
          assertThat(denied.out()).contains("\"permissionDecision\":\"deny\"", "no network");
          for (Resident resident : Resident.all(runDirectory())) {
            if (resident.calls() > 0) {
              return resident;
            }
          }
          return null;
        });
  }

  private List<String> installing() throws IOException {
    List<String> words = new ArrayList<>(List.of("install", "--resident", "--fail-closed"));
    words.addAll(List.of("--dir", hooks().toString()));
    words.addAll(List.of("--hook", "PreToolUse:Bash=" + InstallerTest.NoCurl.class.getName()));
    // By default a call that runs by itself leaves a process that delivers for a while.
    words.addAll(List.of("--env", "HOOKBUS_DELIVERY=inline"));
    List<Path> jars = new ArrayList<>(Commands.libraries(scratch));
    jars.add(
        Commands.jar(scratch.resolve("hook.jar"), InstallerTest.class, InstallerTest.NoCurl.class));
    for (Path jar : jars) {
      words.addAll(List.of("--jar", jar.toString()));
    }
    return words;
  }

  @Test
  void commands_areServedByAProcessThatIsShownAndGoesWithThem() throws Exception {
    Outcome installed = hookbus(installing().toArray(String[]::new));
    assertThat(installed.exit()).as(installed.stderr()).isZero();
    assertThat(installed.out()).contains("Tried no-curl: it answers");

    Resident first = serving();
    Outcome list = hookbus("resident", "list");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains(first.pid() + "  running");
    assertThat(first.library()).startsWith(hooks().resolve("lib") + "/");
    Outcome healthy = hookbus("doctor", "--dir", hooks().toString());
    assertThat(healthy.exit()).as(healthy.out()).isZero();
    assertThat(healthy.out()).contains("ok  resident process " + first.pid() + " has run ");

    assertThat(new ProcessBuilder("kill", "-SEGV", "" + first.pid()).start().waitFor()).isZero();
    CrashReport crash = await(() -> CrashReport.in(runDirectory()).stream().findAny().orElse(null));
    assertThat(hookbus("doctor", "--dir", hooks().toString()).out())
        .contains("warning  a resident process crashed at ", crash.file().toString());
    Resident second = serving();
    assertThat(second.pid()).isNotEqualTo(first.pid());

    Outcome uninstalled = hookbus("uninstall", "--dir", hooks().toString());
    assertThat(uninstalled.exit()).as(uninstalled.stderr()).isZero();
    assertThat(uninstalled.out()).contains("Stopped process " + second.pid());
    try (Stream<Path> left = Files.list(hooks())) {
      assertThat(left).as("events stay").containsExactly(hooks().resolve("events"));
    }
    assertThat(scratch.resolve(".claude/settings.json")).doesNotExist();
    await(() -> Resident.all(runDirectory()).isEmpty() ? true : null);
    Files.delete(crash.file());
    try (Stream<Path> left = Files.list(runDirectory())) {
      assertThat(left).allMatch(file -> file.toString().endsWith(".lock"));
    }
  }
}
