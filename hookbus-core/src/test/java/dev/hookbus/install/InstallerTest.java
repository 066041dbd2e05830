package dev.hookbus.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.host.Hook;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.PreToolUseAnswer;
import dev.hookbus.launch.EnvironmentFile;
import dev.hookbus.launch.StartLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerTest {

  /** A hook as people write it: one method. */
  static final class NoCurl implements Hook<PreToolUse, PreToolUseAnswer> {
    @Override
    public PreToolUseAnswer handle(PreToolUse call) {
      return String.valueOf(call.tool().input().text("command")).contains("curl")
          ? PreToolUseAnswer.deny("no network")
          : PreToolUseAnswer.none();
    }
  }

  @TempDir Path scratch;
  private Path directory;
  private Path settings;
  private List<Path> classPath;

  @BeforeEach
  void places() throws IOException {
    directory = scratch.resolve("my hooks");
    settings = scratch.resolve("it's/settings.json");
    Files.createDirectories(settings.getParent());
    classPath = Installations.classPath();
  }

  private InstallRequest request(Map<String, String> environment) throws IOException {
    HookSpec hook =
        HookClass.find(NoCurl.class.getName(), classPath).spec("PreToolUse", "Bash", 10, true);
    return new InstallRequest(
        directory, settings, List.of(hook), classPath, environment, StartLevel.PREPARED);
  }

  @Test
  void installedHook_answersTheHost() throws Exception {
    Installer.plan(request(Map.of("HOOKBUS_ENABLED", "0"))).apply();

    assertThat(Files.readString(settings))
        .contains("no-curl'\"")
        .contains("\"onFailure\": \"block\"");
    Path command = directory.resolve("bin/no-curl");
    SelfCheck denied =
        SelfCheck.tell(
            command,
            "{\"session_id\":\"s\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\","
                + "\"tool_input\":{\"command\":\"curl x\"},\"tool_use_id\":\"t1\"}");
    assertThat(denied.output()).contains("\"permissionDecision\":\"deny\"").contains("no network");
    assertThat(denied.exitCode()).isEqualTo(2);
    SelfCheck start = SelfCheck.run(directory, "no-curl");
    assertThat(start.passed()).as(start.toString()).isTrue();
    assertThat(start.output()).isEmpty();
    SelfCheck broken = SelfCheck.tell(command, "{\"hook_event_name\":\"PreToolUse\", broken");
    assertThat(broken.exitCode()).isEqualTo(2);
  }

  @Test
  void environment_isPrivateAndKeepsWhatOthersWrote() throws Exception {
    Installer.plan(request(Map.of("ZO_API_KEY", "$(touch pwned) 'x", "A", "\"q\""))).apply();
    Path file = directory.resolve(".env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, Files.readString(file) + "# mine\nMINE=1\n");

    Installer.plan(request(Map.of("A", "2"))).apply();

    assertThat(EnvironmentFile.read(file))
        .containsEntry("ZO_API_KEY", "$(touch pwned) 'x")
        .containsEntry("MINE", "1")
        .containsEntry("A", "2");
    assertThat(Files.readString(file)).contains("# mine\n");
    assertThatThrownBy(() -> Installer.plan(request(Map.of("A", "1\nB=2"))).apply())
        .hasMessageContaining("A")
        .hasMessageContaining("control character");
  }

  @Test
  void planning_changesNothing() throws Exception {
    Files.writeString(settings, "{\n  \"model\": \"opus\"\n}\n");
    InstallPlan plan = Installer.plan(request(Map.of()));
    assertThat(plan.settingsDiff()).contains("+  \"hooks\": {").contains("-  \"model\": \"opus\"");
    assertThat(plan.files()).contains(directory.resolve("bin/no-curl"));
    assertThat(directory).doesNotExist();
    assertThat(Files.readString(settings)).isEqualTo("{\n  \"model\": \"opus\"\n}\n");
  }

  @Test
  void installingTwice_changesNothing_andUninstallingRestores() throws Exception {
    String mine = "{ \"model\":\"opus\",\n\"hooks\":{ } }";
    Files.writeString(settings, mine);
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r-----"));
    Installer.plan(request(Map.of())).apply();
    String installed = Files.readString(settings);
    assertThat(Installer.plan(request(Map.of())).settingsDiff()).isEmpty();
    Installer.plan(request(Map.of())).apply();
    assertThat(Files.readString(settings)).isEqualTo(installed);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
        .isEqualTo("rw-r-----");

    Installer.uninstall(directory).apply();

    assertThat(Files.readString(settings)).isEqualTo(mine);
    assertThat(directory).doesNotExist();
  }

  @Test
  void uninstalling_keepsWhatWasChangedSince() throws Exception {
    Installer.plan(request(Map.of())).apply();
    Files.writeString(
        settings, Files.readString(settings).replaceFirst("\\{", "{\n  \"model\": \"opus\","));
    Files.writeString(directory.resolve("notes"), "mine");

    Installer.uninstall(directory).apply();

    assertThat(Files.readString(settings)).contains("opus").doesNotContain("hooks");
    assertThat(directory.resolve("notes")).exists();
    assertThatThrownBy(() -> Installer.uninstall(directory))
        .hasMessageContaining("nothing is installed");
  }

  @Test
  void settingsThatWereNotThere_goAgain() throws Exception {
    Installer.plan(request(Map.of())).apply();
    Installer.uninstall(directory).apply();
    assertThat(settings).doesNotExist();
  }

  @Test
  void linkedSettings_areChangedWhereTheyAre() throws Exception {
    Path dotfiles = Files.writeString(scratch.resolve("dot.json"), "{}");
    Files.createSymbolicLink(settings, dotfiles);
    Installer.plan(request(Map.of())).apply();
    assertThat(settings).isSymbolicLink();
    assertThat(Files.readString(dotfiles)).contains("no-curl");
  }

  @Test
  void otherSettingsAndOtherHooks_replaceOrAreRefused() throws Exception {
    Installer.plan(request(Map.of())).apply();
    InstallRequest elsewhere =
        new InstallRequest(
            directory,
            scratch.resolve("other.json"),
            request(Map.of()).hooks(),
            classPath,
            Map.of(),
            StartLevel.PREPARED);
    assertThatThrownBy(() -> Installer.plan(elsewhere)).hasMessageContaining("uninstall it first");

    HookSpec stop = new HookSpec("stop", NoCurl.class.getName(), "Stop", null, 5, false, List.of());
    Installer.plan(
            new InstallRequest(
                directory, settings, List.of(stop), classPath, Map.of(), StartLevel.PREPARED))
        .apply();
    assertThat(Files.readString(settings)).contains("\"Stop\"").doesNotContain("no-curl");
    assertThat(directory.resolve("bin/no-curl")).doesNotExist();
  }

  @Test
  void classesThatAreNoHooks_areRefusedWithAWord() {
    assertThatThrownBy(() -> HookClass.find("com.acme.Missing", classPath))
        .hasMessageContaining("no class com.acme.Missing");
    assertThatThrownBy(() -> HookClass.find(InstallerTest.class.getName(), classPath))
        .hasMessageContaining("implements neither");
    assertThatThrownBy(
            () ->
                HookClass.find(NoCurl.class.getName(), classPath).spec("pre_tool_use", "", 1, true))
        .hasMessageContaining("PreToolUse?");
    assertThatThrownBy(
            () -> HookClass.find(NoCurl.class.getName(), classPath).spec("Stop", "Bash", 1, true))
        .hasMessageContaining("no matcher");
  }
}
