package dev.hookbus.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.install.Diagnosis.Level;
import dev.hookbus.launch.StartLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {

  private static final String GATE = handler(",\"onFailure\":\"block\"");

  @TempDir Path scratch;

  private List<Diagnosis> examine(String settings, Path... others) throws IOException {
    Path file = Files.writeString(scratch.resolve("settings.json"), settings);
    return Doctor.of(scratch, file, List.of(others)).examine();
  }

  private static String handler(String more) {
    return "{\"type\":\"command\",\"command\":\"/x\"" + more + "}";
  }

  private static String group(String event, String matcher, String handlers) {
    return "{\"hooks\":{\"%s\":[{%s\"hooks\":[%s]}]}}"
        .formatted(event, matcher.isEmpty() ? "" : "\"matcher\":\"" + matcher + "\",", handlers);
  }

  private static void assertFound(List<Diagnosis> findings, Level level, String text) {
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(level);
              assertThat(finding + "").contains(text);
              assertThat(finding.remedy()).isNotBlank();
            });
  }

  @Test
  void hooksThatCannotWork_areNamedWithTheirLine() throws IOException {
    assertFound(examine(group("PreToolUse", "", handler(""))), Level.WARNING, "onFailure");
    assertFound(examine(group("PreToolUse", "", GATE + "," + GATE)), Level.PROBLEM, "twice");
    assertFound(
        examine(group("PostToolUse", "", handler(",\"timeout\":0.5"))), Level.PROBLEM, "line 1");
    assertFound(examine(group("posttooluse", "", handler(""))), Level.WARNING, "write PostToolUse");
    assertFound(examine(group("Stop", "Bash", handler(""))), Level.WARNING, "no matcher");
    assertFound(examine("{ // mine\n}"), Level.PROBLEM, "no strict JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "PreToolUse, Bash|mcp__memory, write mcp__memory__.*",
    "PreToolUse, bash, write Bash",
    "PreToolUse, Bash(git *), \"\"if\"\": \"\"Bash(git *)\"\"",
    "PreToolUse, 'Bash|[', no valid pattern",
    "SessionStart, Startup, write startup",
    "SessionStart, 'startup, begin', 'startup, resume, clear'",
    "PreCompact, ^automatic$, 'manual, auto'"
  })
  void matchersThatMatchNothing_areToldWithWhatToWrite(String event, String matcher, String remedy)
      throws IOException {
    assertFound(examine(group(event, matcher, GATE)), Level.PROBLEM, remedy.replace("\"\"", "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "PreToolUse, mcp__memory__.*|Bash",
    "PreToolUse, 'Write, Edit'",
    "PreToolUse, MyOwnTool",
    "SessionStart, startup|resume",
    "SessionStart, ^re",
    "FileChanged, notes.txt",
    "Notification, anything"
  })
  void matchersThatMayMatch_areLeftAlone(String event, String matcher) throws IOException {
    assertThat(examine(group(event, matcher, GATE)))
        .noneMatch(finding -> finding.what().contains("matcher"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PreToolUse",
        "PermissionRequest",
        "UserPromptSubmit",
        "UserPromptExpansion",
        "Elicitation",
        "ElicitationResult",
        "PreModelSwitch"
      })
  void everyEventThatAHookMayRefuse_asksForOnFailure(String event) throws IOException {
    assertFound(examine(group(event, "", handler(""))), Level.WARNING, "onFailure");
    assertThat(examine(group(event, "", GATE)).toString()).doesNotContain("onFailure");
  }

  @Test
  void hooksInOtherSettingsAndPlugins_areFoundOnce() throws IOException {
    Path plugins = scratch.resolve("plugins");
    Path plugin = plugins.resolve("cache/market/guard/1.0/hooks/hooks.json");
    Files.createDirectories(plugin.getParent());
    Files.writeString(plugin, group("PreToolUse", "*", GATE));
    Path project = Files.writeString(scratch.resolve("project.json"), "{ // no JSON");

    List<Diagnosis> findings =
        examine(
            group("PreToolUse", "Bash", GATE), plugins, project, scratch.resolve("settings.json"));

    assertFound(findings, Level.PROBLEM, "also stands in " + plugin);
    assertThat(findings.toString()).containsOnlyOnce("runs twice");
    Files.writeString(project, group("PreToolUse", "Bash", GATE));
    assertFound(
        examine(group("PreToolUse", "Bash", GATE), project), Level.PROBLEM, "also stands in");
    assertThat(examine(group("PreToolUse", "Write", GATE), project).toString())
        .doesNotContain("twice");
    assertThat(examine(group("PostToolUse", "Bash", GATE), project).toString())
        .doesNotContain("twice");
  }

  @Test
  void environment_isPrivateOrFound() throws IOException {
    Path file = Files.writeString(scratch.resolve(".env"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertFound(examine("{}"), Level.PROBLEM, "chmod 600");
    assertFound(examine("{}"), Level.PROBLEM, "run hookbus install");
  }

  @Test
  void sinks_areAskedByTheSettingsOfTheHooks() throws IOException {
    Path env = scratch.resolve(".env");
    Path log = scratch.resolve("events");
    Files.writeString(env, "HOOKBUS_SINKS=jsonl\nZO_EVENT_LOG_DIR=" + log + "\n");
    assertThat(examine("{}"))
        .anyMatch(f -> f.level() == Level.OK && f.where().equals(log.toString()));
    Files.writeString(log, "in the way");
    assertFound(examine("{}"), Level.PROBLEM, "ZO_EVENT_LOG_DIR");
    Files.writeString(env, "HOOKBUS_SINKS=pigeon\n");
    assertFound(examine("{}"), Level.PROBLEM, "there are jsonl");
  }

  @Test
  void installation_isTriedAndWhatWasChangedInItIsFound() throws IOException {
    Path directory = scratch.resolve("my hooks");
    Path settings = scratch.resolve("settings.json");
    List<Path> classPath = Installations.classPath();
    HookSpec hook =
        HookClass.find(InstallerTest.NoCurl.class.getName(), classPath)
            .spec("PreToolUse", "Bash", 30, true);
    Installer.plan(
            new InstallRequest(
                directory,
                settings,
                List.of(hook),
                Installations.jarred(classPath, scratch.resolve("test.jar")),
                Map.of("HOOKBUS_DB", scratch.resolve("hookbus.db").toString()),
                StartLevel.PREPARED))
        .apply();
    Doctor doctor = Doctor.of(directory, settings, List.of());
    assertThat(doctor.examine())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
    assertThat(doctor.variable("HOOKBUS_DB")).isEqualTo(scratch.resolve("hookbus.db").toString());

    String registered = Files.readString(settings);
    Files.writeString(settings, registered.replace("\"timeout\": 30", "\"timeout\": 20"));
    assertFound(doctor.examine(), Level.PROBLEM, "answers by its policy only after 24 s");
    Files.writeString(settings, registered.replace(", \"onFailure\": \"block\"", ""));
    assertFound(doctor.examine(), Level.PROBLEM, "fails closed");
    Files.writeString(settings, registered);

    try (var archives = Files.newDirectoryStream(directory.resolve("prepared"), "no-curl-*")) {
      for (Path archive : archives) {
        Files.delete(archive);
      }
    }
    assertFound(doctor.examine(), Level.WARNING, "starts slowly");

    Path jar;
    try (var jars = Files.newDirectoryStream(directory.resolve("lib"), "test-*.jar")) {
      jar = jars.iterator().next();
    }
    Files.write(jar, new byte[] {1});
    assertFound(doctor.examine(), Level.PROBLEM, "has been changed");
    Files.delete(jar);
    List<Diagnosis> findings = doctor.examine();
    assertFound(findings, Level.PROBLEM, "is gone");
    Files.delete(directory.resolve("bin/no-curl"));
    assertFound(doctor.examine(), Level.PROBLEM, "can't be started");
  }
}
