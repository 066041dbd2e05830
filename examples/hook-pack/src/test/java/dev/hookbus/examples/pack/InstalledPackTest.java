package dev.hookbus.examples.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.examples.pack.Samples.Sample;
import dev.hookbus.install.HookCatalog;
import dev.hookbus.install.HookSpec;
import dev.hookbus.install.InstallRequest;
import dev.hookbus.install.Installer;
import dev.hookbus.json.JsonValue;
import dev.hookbus.launch.StartLevel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pack as it is installed: real commands, started the way a host starts them. */
class InstalledPackTest {

  record Outcome(int exitCode, String out, String err) {}

  @TempDir Path scratch;

  private Outcome start(String command, String payload) throws Exception {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", command);
    shell.environment().clear();
    shell.environment().put("PATH", "/usr/bin:/bin");
    shell.environment().put("HOME", "");
    shell.directory(new File("/"));
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    Process process = shell.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write((payload + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path install() throws IOException {
    Path settings = scratch.resolve("my project/.claude/settings.json");
    List<Path> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.exists(Path.of(entry))) {
        classPath.add(Path.of(entry));
      }
    }
    List<HookSpec> hooks = HookCatalog.read(getClass().getClassLoader());
    assertThat(hooks).extracting(HookSpec::name).contains("session_start", "policy");
    Installer.plan(
            new InstallRequest(
                scratch.resolve("the pack's dir"),
                settings,
                hooks,
                classPath,
                Map.of(
                    "HOOKBUS_ENABLED", "1",
                    "HOOKBUS_DB", scratch.resolve("hookbus.db").toString(),
                    "HOOKBUS_PROJECT", "vm-01"),
                StartLevel.PREPARED))
        .apply();
    return settings;
  }

  /** The commands of an event in the order of the settings, as a host finds them. */
  private static List<String> commands(Path settings, String event) throws IOException {
    List<String> commands = new ArrayList<>();
    JsonValue hooks = JsonValue.parse(Files.readAllBytes(settings)).get("hooks");
    for (JsonValue group : hooks.get(event).items()) {
      for (JsonValue handler : group.get("hooks").items()) {
        commands.add(handler.text("command"));
      }
    }
    return commands;
  }

  @Test
  void commandsOfTheSettings_answerAHostWithoutLocaleAndHome() throws Exception {
    Path settings = install();
    Sample start = Samples.claude("SessionStart", "startup");
    Outcome started = start(commands(settings, "SessionStart").get(0), start.payload());
    assertThat(started.err()).isEmpty();
    assertThat(started.exitCode()).isZero();
    assertThat(JsonValue.parse(started.out()).get("hookSpecificOutput").text("additionalContext"))
        .startsWith("[session] run_id=");

    String policy = commands(settings, "PreToolUse").get(0);
    Outcome unicode = start(policy, Samples.claude("PreToolUse", "Windows").payload());
    assertThat(unicode).isEqualTo(new Outcome(0, "", ""));
    Outcome denied =
        start(
            policy,
            "{\"session_id\":\"s\",\"cwd\":\"/\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"rm -rf / # é 日本\"},\"tool_use_id\":\"t\"}");
    assertThat(denied.exitCode()).isEqualTo(2);
    assertThat(JsonValue.parse(denied.out()).get("hookSpecificOutput").text("permissionDecision"))
        .isEqualTo("deny");
    Outcome garbage = start(policy, "{\"hook_event_name\":\"PreToolUse\"");
    assertThat(garbage.exitCode()).isEqualTo(2);

    for (String command : commands(settings, "PostToolUse")) {
      Outcome told = start(command, Samples.claude("PostToolUse", "Write").payload());
      assertThat(told).as(command).isEqualTo(new Outcome(0, "", ""));
    }
  }
}
